package io.stockhook.receiver.event;

import io.stockhook.events.EventTypeNames;
import io.stockhook.events.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as its publisher gave it, well-formed but without defaults.
 *
 * @param id the publisher's, 1 to 128 visible ASCII characters; null to be given one
 * @param type its name, in whichever spelling
 * @param source URI reference; null for the platform's default
 * @param subject what it is about; null if nothing in particular
 * @param time when it happened; null for when it is accepted
 * @param dataSchema absolute URI of the data's schema; null if there is none
 * @param deliverAt not to be delivered before; null for at once
 * @param data a JSON object, the very bytes that were sent
 */
@SuppressWarnings("ArrayRecordComponent") // cut out of the request for this record alone; nobody writes to it
public record NewEvent(
        @Nullable String id,
        String type,
        @Nullable String source,
        @Nullable String subject,
        @Nullable Instant time,
        @Nullable String dataSchema,
        @Nullable Instant deliverAt,
        byte[] data) {

    private static final int ABSENT = -1;

    /** The same event under this id. */
    NewEvent withId(String newId) {
        return new NewEvent(newId, type, source, subject, time, dataSchema, deliverAt, data);
    }

    /** The same event under the canonical name of its type. */
    NewEvent named(EventTypeNames names) {
        String canonical = names.canonical(type);
        return canonical.equals(type)
                ? this
                : new NewEvent(id, canonical, source, subject, time, dataSchema, deliverAt, data);
    }

    /**
     * SHA-256 over everything but the id. Two requests with one id mean the same event exactly if these are equal; how the
     * members around the data were ordered or indented makes no difference.
     */
    byte[] bodyHash() {
        MessageDigest digest = Sha256.digest();
        update(digest, bytes(type));
        update(digest, bytes(source));
        update(digest, bytes(subject));
        update(digest, time == null ? null : bytes(time.toString()));
        update(digest, bytes(dataSchema));
        update(digest, deliverAt == null ? null : bytes(deliverAt.toString()));
        update(digest, data);
        return digest.digest();
    }

    /** Each part with its length before it, so that no two lists of parts give the same bytes. */
    private static void update(MessageDigest digest, byte @Nullable [] part) {
        int length = part == null ? ABSENT : part.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        if (part != null) {
            digest.update(part);
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
