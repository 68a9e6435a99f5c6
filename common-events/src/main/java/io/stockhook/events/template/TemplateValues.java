package io.stockhook.events.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the template engine finds names: in our values and nowhere else, so that no Java object can be reached into. */
final class TemplateValues implements Mustache.Collector {

    private static final Mustache.VariableFetcher MEMBER = (value, name) -> {
        TemplateValue member = ((TemplateValue) value).member(name);
        return member == null ? Template.NO_FETCHER_FOUND : member;
    };

    /** What a section goes over: the elements of a list, nothing for what counts as false, otherwise the value itself. */
    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
        if (!(value instanceof TemplateValue known)) {
            // The engine's own: an empty list for a name that stands for nothing.
            return value instanceof Collection<?> collection ? collection.iterator() : null;
        }
        Iterator<TemplateValue> elements = known.elements();
        if (elements != null) {
            return elements;
        }
        return known.isFalse() ? List.of().iterator() : null;
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
        return context instanceof TemplateValue ? MEMBER : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }
}
