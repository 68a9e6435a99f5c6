package io.stockhook.delivery.dispatch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stockhook.events.delivery.DeliveryTask;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bodies that are the same for everybody. The event's data goes in byte for byte as it was published. */
enum PayloadFormat implements BodyFormat {
    /** {@code {"type","timestamp","data"}}. */
    STANDARD {
        @Override
        public byte[] body(DeliveryTask task) {
            return wrap('{' + attributes("type", task), task.data());
        }

        @Override
        String elementHead(DeliveryTask task) {
            return "{\"id\":" + quoted(task.webhookId()) + ',' + attributes("type", task);
        }
    },
    /** {@code {"event","timestamp","data"}}. */
    CLASSIC {
        @Override
        public byte[] body(DeliveryTask task) {
            return wrap('{' + attributes("event", task), task.data());
        }

        @Override
        String elementHead(DeliveryTask task) {
            return "{\"id\":" + quoted(task.webhookId()) + ',' + attributes("event", task);
        }
    },
    /** CloudEvents 1.0, structured mode of the HTTP binding. */
    CLOUDEVENTS {
        @Override
        public byte[] body(DeliveryTask task) {
            return wrap(elementHead(task), task.data());
        }

        @Override
        String elementHead(DeliveryTask task) {
            String subject = task.eventSubject() == null ? "" : ",\"subject\":" + quoted(task.eventSubject());
            return "{\"specversion\":\"1.0\",\"id\":" + quoted(task.webhookId()) + ",\"type\":"
                    + quoted(task.subscribedAs()) + ",\"source\":" + quoted(task.eventSource()) + subject
                    + ",\"time\":\"" + task.eventTime()
                    + "\",\"datacontenttype\":\"application/json\",\"data\":";
        }

        @Override
        public String contentType() {
            return "application/cloudevents+json";
        }

        /** CloudEvents 1.0, JSON format, section 4: the batched mode. */
        @Override
        public String batchContentType() {
            return "application/cloudevents-batch+json";
        }
    },
    /** The data alone; in a batch, where no header can say which event it is of, with the event's id and type. */
    RAW {
        @Override
        public byte[] body(DeliveryTask task) {
            return task.data();
        }

        @Override
        String elementHead(DeliveryTask task) {
            return "{\"id\":" + quoted(task.webhookId()) + ",\"type\":" + quoted(task.subscribedAs()) + ",\"data\":";
        }
    };

    /** What comes before the data of an event in a batch. */
    abstract String elementHead(DeliveryTask task);

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public Element element(DeliveryTask task) {
        String head = elementHead(task);
        byte[] element = wrap(task.isReplay() ? "{\"replay\":true," + head.substring(1) : head, task.data());
        return new Element(element, element.length - task.data().length - 1);
    }

    @Override
    public String batchContentType() {
        return contentType();
    }

    /** The format of this name, {@link #STANDARD} for a name that a newer control plane may know and this one does not. */
    static PayloadFormat of(@Nullable String name) {
        if (name == null) {
            return STANDARD;
        }
        return switch (name) {
            case "classic" -> CLASSIC;
            case "cloudevents" -> CLOUDEVENTS;
            case "raw" -> RAW;
            default -> STANDARD;
        };
    }

    private static String attributes(String typeName, DeliveryTask task) {
        return '"' + typeName + "\":" + quoted(task.subscribedAs()) + ",\"timestamp\":\"" + task.eventTime()
                + "\",\"data\":";
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] wrap(String head, byte[] data) {
        byte[] before = head.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[before.length + data.length + 1];
        System.arraycopy(before, 0, body, 0, before.length);
        System.arraycopy(data, 0, body, before.length, data.length);
        body[body.length - 1] = '}';
        return body;
    }
}
