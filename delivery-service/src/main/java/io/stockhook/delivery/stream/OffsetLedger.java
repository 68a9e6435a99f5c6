package io.stockhook.delivery.stream;

import java.util.BitSet;

/**
 * Which records of one partition are done. Records are taken in offset order and finish in any order; what may be committed is
 * the offset before which everything is done, and what is done above it is written beside it, so that a slow record at the head
 * costs no repetition of those behind it.
 *
 * <p>Thread-safe.
 */
public final class OffsetLedger {

    private BitSet done;
    private long base;
    /** Where the partition has been read to: records are taken in order, so what is left out below it does not exist. */
    private long read;

    private int unfinished;
    private int released;

    /** @param start where the last owner of the partition left off */
    public OffsetLedger(CommittedOffset start) {
        this.base = start.offset();
        this.done = (BitSet) start.doneAbove().clone();
        this.read = base;
    }

    /**
     * Takes a record.
     *
     * @return false if a former owner has finished it already, so that it is to be passed over
     */
    public synchronized boolean take(long offset) {
        if (offset < base || isDone(offset)) {
            return false;
        }
        // What lies between the record before and this one does not exist: transaction markers or a purge have taken it
        // out.
        if (unfinished + released == 0) {
            moveTo(offset);
        } else if (offset > read) {
            done.set(index(read), index(offset));
        }
        read = offset + 1;
        unfinished++;
        return true;
    }

    /** Says that a taken record is done: everything that its outcome produced is acknowledged. */
    public synchronized void finish(long offset) {
        done.set(index(offset));
        unfinished--;
        advance();
    }

    /** Gives a taken record up without doing it: it stays open for the next owner, and nobody here is waited for. */
    public synchronized void release() {
        unfinished--;
        released++;
    }

    /** Where the next owner has to begin, with what it can pass over. */
    public synchronized CommittedOffset committable() {
        return new CommittedOffset(base, (BitSet) done.clone());
    }

    /** How many records are taken and neither finished nor released. */
    public synchronized int unfinished() {
        return unfinished;
    }

    private void advance() {
        int first = done.nextClearBit(0);
        if (first > 0) {
            moveTo(base + first);
        }
    }

    private void moveTo(long offset) {
        long by = offset - base;
        done = by < done.length() ? done.get((int) by, done.length()) : new BitSet();
        base = offset;
    }

    private boolean isDone(long offset) {
        long index = offset - base;
        return index < done.length() && done.get((int) index);
    }

    private int index(long offset) {
        return Math.toIntExact(offset - base);
    }
}
