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
            return wrap(
                    "{\"type\":" + quoted(task.subscribedAs()) + ",\"timestamp\":\"" + task.eventTime()
                            + "\",\"data\":",
                    task.data());
        }
    },
    /** {@code {"event","timestamp","data"}}. */
    CLASSIC {
        @Override
        public byte[] body(DeliveryTask task) {
            return wrap(
                    "{\"event\":" + quoted(task.subscribedAs()) + ",\"timestamp\":\"" + task.eventTime()
                            + "\",\"data\":",
                    task.data());
        }
    },
    /** CloudEvents 1.0, structured mode of the HTTP binding. */
    CLOUDEVENTS {
        @Override
        public byte[] body(DeliveryTask task) {
            String subject = task.eventSubject() == null ? "" : ",\"subject\":" + quoted(task.eventSubject());
            return wrap(
                    "{\"specversion\":\"1.0\",\"id\":" + quoted(task.webhookId()) + ",\"type\":"
                            + quoted(task.subscribedAs()) + ",\"source\":" + quoted(task.eventSource()) + subject
                            + ",\"time\":\"" + task.eventTime()
                            + "\",\"datacontenttype\":\"application/json\",\"data\":",
                    task.data());
        }

        @Override
        public String contentType() {
            return "application/cloudevents+json";
        }
    },
    /** The data alone. */
    RAW {
        @Override
        public byte[] body(DeliveryTask task) {
            return task.data();
        }
    };

    @Override
    public String contentType() {
        return "application/json";
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
