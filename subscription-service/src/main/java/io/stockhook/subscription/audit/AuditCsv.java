package io.stockhook.subscription.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry as a line of CSV (RFC 4180). */
final class AuditCsv {

    static final String HEADER =
            "id,tenant_id,seq,at,actor,role,remote_address,trace_id,action,target,before,after,reason,occurrences,previous_hash,hash";

    private AuditCsv() {}

    static String line(AuditEntryView entry) {
        List<String> fields = new ArrayList<>();
        fields.add(String.valueOf(entry.id()));
        fields.add(field(entry.tenantId()));
        fields.add(String.valueOf(entry.seq()));
        fields.add(entry.at().toString());
        fields.add(field(entry.actor()));
        fields.add(field(entry.role()));
        fields.add(field(entry.remoteAddress()));
        fields.add(field(entry.traceId()));
        fields.add(field(entry.action()));
        fields.add(field(entry.target()));
        fields.add(field(entry.before()));
        fields.add(field(entry.after()));
        fields.add(field(entry.reason()));
        fields.add(String.valueOf(entry.occurrences()));
        fields.add(entry.previousHash());
        fields.add(entry.hash());
        return String.join(",", fields);
    }

    /** What a spreadsheet would take for a formula begins with an apostrophe. */
    private static String field(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String safe = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? '\'' + text : text;
        return safe.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0)
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
