package io.stockhook.events.template;

import io.stockhook.events.EventData;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How data of one version of a payload becomes data of the version before. Immutable and thread-safe. */
public final class PayloadStep {

    private final @Nullable BodyTemplate template;
    private final Set<String> kept;
    private final @Nullable RuntimeException failure;

    private PayloadStep(@Nullable BodyTemplate template, Set<String> kept, @Nullable RuntimeException failure) {
        this.template = template;
        this.kept = kept;
        this.failure = failure;
    }

    /** What a template makes of the data. One that does not compile fails whenever it is asked. */
    public static PayloadStep rendering(String template) {
        try {
            return new PayloadStep(BodyTemplate.compile(template), Set.of(), null);
        } catch (InvalidTemplateException e) {
            return new PayloadStep(null, Set.of(), e);
        }
    }

    /**
     * The data without the members that have other names.
     *
     * @param names of members; empty for all
     */
    public static PayloadStep keeping(Set<String> names) {
        return new PayloadStep(null, Set.copyOf(names), null);
    }

    /** Always fails, since it is not known what to do. */
    public static PayloadStep failing(String reason) {
        return new PayloadStep(null, Set.of(), new RenderingException(reason, null));
    }

    /**
     * The data of the version before, in UTF-8.
     *
     * @throws RenderingException if nothing comes of this data
     * @throws InvalidTemplateException if its template does not compile
     */
    public byte[] apply(EventAttributes event, byte[] data) {
        if (failure != null) {
            throw failure;
        }
        if (template != null) {
            return template.render(event, data);
        }
        try {
            return kept.isEmpty() ? data : EventData.retaining(data, kept);
        } catch (IOException e) {
            throw new RenderingException("the event's data is no JSON", e);
        }
    }
}
