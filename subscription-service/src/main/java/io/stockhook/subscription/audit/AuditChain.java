package io.stockhook.subscription.audit;

import io.stockhook.events.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain of audit entries, checked from its beginning, one entry after the other. Whoever alters, removes, adds or reorders an entry
 * has to alter the hashes of all that follow; and the last one may be known elsewhere.
 */
final class AuditChain {

    /** What stands for the hash before the first entry. */
    static final byte[] START = new byte[32];

    private static final int NULL = -1;

    private long seq;
    private byte[] hash = START;
    private @Nullable Anchor anchor;

    /** @param anchor an entry that is known to have been there; null for none */
    AuditChain(@Nullable Anchor anchor) {
        this.anchor = anchor;
    }

    /**
     * An entry that somebody remembers.
     *
     * @param hash its hash as hex
     */
    record Anchor(long seq, String hash) {}

    /**
     * The first place at which a chain does not hold.
     *
     * @param seq where
     * @param reason in a sentence
     */
    record Break(long seq, String reason) {}

    /** Goes on to the next entry as it is stored, and says what is wrong with it. After a break the chain is of no use any more. */
    Optional<Break> next(ChainedEntry next) {
        if (next.seq() != seq + 1) {
            String reason = next.seq() > seq + 1
                    ? "Missing: the next entry that is there has number %d.".formatted(next.seq())
                    : "Number %d comes again.".formatted(next.seq());
            return Optional.of(new Break(seq + 1, reason));
        }
        if (!Arrays.equals(next.previousHash(), hash)) {
            return Optional.of(new Break(next.seq(), "Its previous hash is not the hash of the entry before it."));
        }
        if (!Arrays.equals(next.hash(), hash(next.seq(), next.entry(), next.previousHash()))) {
            return Optional.of(new Break(next.seq(), "Its content is not what its hash was made of."));
        }
        seq = next.seq();
        hash = next.hash();
        Anchor known = anchor;
        if (known != null && known.seq() == seq) {
            anchor = null;
            if (!known.hash().equalsIgnoreCase(head())) {
                return Optional.of(new Break(seq, "Its hash is not the one that was remembered."));
            }
        }
        return Optional.empty();
    }

    /** What is wrong once no entry follows. */
    Optional<Break> end() {
        return anchor == null
                ? Optional.empty()
                : Optional.of(new Break(seq + 1, "Missing: number %d was remembered.".formatted(anchor.seq())));
    }

    /** How many entries hold. */
    long length() {
        return seq;
    }

    /** The hash of the last entry that holds, as hex. */
    String head() {
        return HexFormat.of().formatHex(hash);
    }

    /** SHA-256 over the hash before, the place and all fields, each behind its length, so that no two entries read alike. */
    static byte[] hash(long seq, AuditEntry entry, byte[] previousHash) {
        MessageDigest digest = Sha256.digest();
        digest.update(previousHash);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
        field(digest, entry.tenantId());
        field(digest, entry.at().toString());
        field(digest, entry.actor());
        field(digest, entry.role());
        field(digest, entry.remoteAddress());
        field(digest, entry.traceId());
        field(digest, entry.action());
        field(digest, entry.target());
        field(digest, entry.before());
        field(digest, entry.after());
        field(digest, entry.reason());
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(entry.occurrences()).array());
        return digest.digest();
    }

    private static void field(MessageDigest digest, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(text == null ? NULL : bytes.length)
                .array());
        digest.update(bytes);
    }
}
