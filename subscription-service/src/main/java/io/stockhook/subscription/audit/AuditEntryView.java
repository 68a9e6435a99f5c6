package io.stockhook.subscription.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry of the audit trail as it is shown; see {@link AuditEntry} for what its components mean. */
@Schema(name = "AuditEntry", description = "Something that was done or refused, at its place in its tenant's chain.")
record AuditEntryView(
        @Schema(description = "Its place among all entries.", examples = "4711")
        long id,

        @Schema(description = "Whose chain it is in.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String tenantId,

        @Schema(description = "Its place in the chain, from 1 without gaps.", examples = "42")
        long seq,

        @Schema(description = "When it happened.", examples = "2026-01-15T10:30:00.123456Z")
        Instant at,

        @Schema(
                description = "Who: an API key's id, a token's subject, `platform` or `anonymous`.",
                examples = "key_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String actor,

        @Schema(description = "The actor's role.", examples = "editor") @Nullable
        String role,

        @Schema(description = "Where the request came from.", examples = "198.51.100.7") @Nullable
        String remoteAddress,

        @Schema(description = "The request's trace.", examples = "4bf92f3577b34da6a3ce929d0e0e4736") @Nullable
        String traceId,

        @Schema(description = "What was done.", examples = "webhook.rotate_secret")
        String action,

        @Schema(description = "What it was done to.", examples = "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f") @Nullable
        String target,

        @Schema(
                implementation = Object.class,
                description = "What the changed fields were; of something deleted, all. Secrets are `***`.",
                examples = "{\"secrets\":[{\"encrypted\":\"***\"}]}")
        @JsonRawValue
        @Nullable
        String before,

        @Schema(
                implementation = Object.class,
                description = "What the changed fields are; of something new, all. Secrets are `***`.",
                examples =
                        "{\"secrets\":[{\"encrypted\":\"***\"},{\"encrypted\":\"***\",\"valid_until\":\"2026-01-16T10:30:00Z\"}]}")
        @JsonRawValue
        @Nullable
        String after,

        @Schema(description = "Why it was refused.", examples = "The API key has expired.") @Nullable
        String reason,

        @Schema(description = "How many times it happened within a few seconds.", examples = "1")
        int occurrences,

        @Schema(
                description = "The hash of the entry before.",
                examples = "0000000000000000000000000000000000000000000000000000000000000000")
        String previousHash,

        @Schema(
                description = "SHA-256 over this entry and the hash before.",
                examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String hash) {

    static AuditEntryView of(ChainedEntry chained) {
        AuditEntry entry = chained.entry();
        return new AuditEntryView(
                chained.id(),
                entry.tenantId(),
                chained.seq(),
                entry.at(),
                entry.actor(),
                entry.role(),
                entry.remoteAddress(),
                entry.traceId(),
                entry.action(),
                entry.target(),
                entry.before(),
                entry.after(),
                entry.reason(),
                entry.occurrences(),
                HexFormat.of().formatHex(chained.previousHash()),
                HexFormat.of().formatHex(chained.hash()));
    }
}
