package io.stockhook.delivery.stream;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A committed position and what is done beyond it, which travels as the commit's metadata: the lengths of the alternating runs of
 * open and done records from {@code offset} on, beginning with an open one, as variable-length integers in base64.
 *
 * @param offset everything before it is done, it itself is not
 * @param doneAbove bit i stands for {@code offset + i}
 */
public record CommittedOffset(long offset, BitSet doneAbove) {

    /** The longest metadata that is written, in characters; brokers take 4,096 by default. */
    public static final int MAX_METADATA_CHARS = 3 * 1024;

    private static final String VERSION = "1:";
    /** So many bytes are {@link #MAX_METADATA_CHARS} of base64. */
    private static final int MAX_RUN_BYTES = (MAX_METADATA_CHARS - VERSION.length()) / 4 * 3;

    private static final int MAX_RUN = 10_000_000;

    /** A position beyond which nothing is done. */
    public static CommittedOffset at(long offset) {
        return new CommittedOffset(offset, new BitSet());
    }

    /**
     * What a former owner committed. Metadata of another form, as another tool may have set it, means that nothing is done beyond
     * the offset: those records are repeated, none is lost.
     */
    public static CommittedOffset read(long offset, @Nullable String metadata) {
        if (metadata == null || !metadata.startsWith(VERSION)) {
            return at(offset);
        }
        BitSet done = new BitSet();
        int position = 0;
        boolean isDone = false;
        try {
            byte[] runs = Base64.getDecoder().decode(metadata.substring(VERSION.length()));
            for (int i = 0; i < runs.length; ) {
                int run = 0;
                int shift = 0;
                byte part;
                do {
                    part = runs[i++];
                    run |= (part & 0x7F) << shift;
                    shift += 7;
                } while (part < 0);
                if (run < 0 || run > MAX_RUN || position + run > MAX_RUN) {
                    return at(offset);
                }
                if (isDone) {
                    done.set(position, position + run);
                }
                position += run;
                isDone = !isDone;
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return at(offset);
        }
        return new CommittedOffset(offset, done);
    }

    /**
     * The metadata to commit beside the offset: as much of what is done beyond it, from the offset on, as a broker is sure to take; empty
     * if nothing is. What does not fit is repeated by the next owner.
     */
    public String metadata() {
        byte[] runs = runs(MAX_RUN_BYTES);
        return runs.length == 0 ? "" : VERSION + Base64.getEncoder().encodeToString(runs);
    }

    /** Whether the metadata leaves something out. */
    public boolean isTooLong() {
        return runs(Integer.MAX_VALUE).length > MAX_RUN_BYTES;
    }

    private byte[] runs(int maxBytes) {
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        int position = 0;
        while (position < doneAbove.length()) {
            ByteArrayOutputStream pair = new ByteArrayOutputStream();
            int done = doneAbove.nextSetBit(position);
            int open = doneAbove.nextClearBit(done);
            write(pair, done - position);
            write(pair, open - done);
            if (runs.size() + pair.size() > maxBytes) {
                break;
            }
            runs.writeBytes(pair.toByteArray());
            position = open;
        }
        return runs.toByteArray();
    }

    private static void write(ByteArrayOutputStream into, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            into.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        into.write(rest);
    }
}
