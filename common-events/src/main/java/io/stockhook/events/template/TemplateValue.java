package io.stockhook.events.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a name in a template stands for. All values of one rendering share its budget. */
abstract class TemplateValue {

    private static final EventAttributes SAMPLE =
            new EventAttributes("evt_1", "product.updated", Instant.EPOCH, "/sample", "prd_1");
    private static final String NULL = "null";
    private static final int MAX_POSITION_DIGITS = 6;
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final Budget budget;

    private TemplateValue(Budget budget) {
        this.budget = budget;
    }

    /** What a rendering may still look up. */
    private static final class Budget {
        private int left = BodyTemplate.MAX_STEPS;

        void spend() {
            left--;
            if (left < 0) {
                throw new RenderingException(
                        "the template looks up more than %d values".formatted(BodyTemplate.MAX_STEPS), null);
            }
        }
    }

    /** The event as a whole: its attributes, its data by the name {@code data}, and the data's members by theirs. */
    static TemplateValue of(EventAttributes event, JsonNode data, String published) {
        Budget budget = new Budget();
        return new Event(event, new Published(data, published, budget), budget);
    }

    /** An event whose data has a member of every name, each with members of its own, one element, and 1 as its value. */
    static TemplateValue sample() {
        Budget budget = new Budget();
        return new Event(SAMPLE, new Sample(budget), budget);
    }

    /** What the name stands for within this value; null if it stands for nothing. */
    final @Nullable TemplateValue member(String name) {
        budget.spend();
        return find(name);
    }

    /** Its elements if it is a list; null if it is none. */
    @Nullable
    Iterator<TemplateValue> elements() {
        return null;
    }

    /** Whether a section of it is left out. */
    boolean isFalse() {
        return false;
    }

    abstract @Nullable TemplateValue find(String name);

    /** Its JSON. */
    abstract String json();

    /** The JSON of a value, or of what stands in for one that is missing. */
    static String json(Object value) {
        if (value instanceof TemplateValue known) {
            return known.json();
        }
        // The engine's own: -index, -first and -last.
        return value instanceof Integer || value instanceof Boolean ? value.toString() : NULL;
    }

    /** What a value's JSON is between the quotes of a JSON text: a text itself, nothing for null, anything else as it is written. */
    static String withinText(String json) {
        String value = json.strip(); // the data may have been published with space around it
        if (value.equals(NULL)) {
            return "";
        }
        return value.startsWith("\"")
                ? value.substring(1, value.length() - 1)
                : new String(ENCODER.quoteAsString(value));
    }

    private static final class Json extends TemplateValue {
        private final JsonNode node;
        private final Budget budget;

        Json(JsonNode node, Budget budget) {
            super(budget);
            this.node = node;
            this.budget = budget;
        }

        @Override
        @Nullable
        TemplateValue find(String name) {
            JsonNode found = node.isArray() && isPosition(name) ? node.get(Integer.parseInt(name)) : node.get(name);
            return found == null ? null : new Json(found, budget);
        }

        private static boolean isPosition(String name) {
            return name.length() <= MAX_POSITION_DIGITS && name.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        }

        @Override
        @Nullable
        Iterator<TemplateValue> elements() {
            if (!node.isArray()) {
                return null;
            }
            Iterator<JsonNode> elements = node.elements();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return elements.hasNext();
                }

                @Override
                public TemplateValue next() {
                    budget.spend();
                    return new Json(elements.next(), budget);
                }
            };
        }

        @Override
        boolean isFalse() {
            return node.isNull()
                    || (node.isBoolean() && !node.booleanValue())
                    || (node.isTextual() && node.textValue().isEmpty());
        }

        @Override
        String json() {
            return node.toString();
        }
    }

    private static final class Event extends TemplateValue {
        private final EventAttributes event;
        private final TemplateValue data;
        private final Budget budget;

        Event(EventAttributes event, TemplateValue data, Budget budget) {
            super(budget);
            this.event = event;
            this.data = data;
            this.budget = budget;
        }

        @Override
        @Nullable
        TemplateValue find(String name) {
            return switch (name) {
                case "id" -> text(event.id());
                case "type" -> text(event.type());
                case "time" -> text(event.time().toString());
                case "source" -> text(event.source());
                case "subject" -> text(event.subject());
                case "data" -> data;
                default -> data.find(name);
            };
        }

        private TemplateValue text(@Nullable String value) {
            return new Json(value == null ? NullNode.getInstance() : TextNode.valueOf(value), budget);
        }

        @Override
        String json() {
            return data.json();
        }
    }

    /** The data as a whole, which goes in byte for byte. */
    private static final class Published extends TemplateValue {
        private final TemplateValue data;
        private final String published;

        Published(JsonNode data, String published, Budget budget) {
            super(budget);
            this.data = new Json(data, budget);
            this.published = published;
        }

        @Override
        @Nullable
        TemplateValue find(String name) {
            return data.find(name);
        }

        @Override
        @Nullable
        Iterator<TemplateValue> elements() {
            return data.elements();
        }

        @Override
        boolean isFalse() {
            return data.isFalse();
        }

        @Override
        String json() {
            return published;
        }
    }

    private static final class Sample extends TemplateValue {
        private final Budget budget;

        Sample(Budget budget) {
            super(budget);
            this.budget = budget;
        }

        @Override
        TemplateValue find(String name) {
            return new Sample(budget);
        }

        @Override
        Iterator<TemplateValue> elements() {
            return List.<TemplateValue>of(new Sample(budget)).iterator();
        }

        @Override
        String json() {
            return "1";
        }
    }
}
