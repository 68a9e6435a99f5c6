package io.stockhook.delivery.record;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import java.util.UUID;

/** Identifiers of records as the log stores them: the UUID that they hold. */
final class LogIds {

    private LogIds() {}

    /** @throws MalformedRecordException if the text is no tenant's id */
    static UUID tenant(String id) {
        return uuid(Ids.Kind.TENANT, id);
    }

    /** @throws MalformedRecordException if the text is no webhook's id */
    static UUID endpoint(String id) {
        return uuid(Ids.Kind.WEBHOOK, id);
    }

    private static UUID uuid(Ids.Kind kind, String id) {
        if (!Ids.isA(kind, id)) {
            throw new MalformedRecordException("a record whose %s_ id is none".formatted(kind.prefix()));
        }
        return Ids.uuid(kind, id);
    }
}
