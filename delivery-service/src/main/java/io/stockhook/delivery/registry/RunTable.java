package io.stockhook.delivery.registry;

/**
 * A hash map from a UUID to a number other than 0, with open addressing: 24 bytes for a place, a quarter to three quarters of which are
 * taken. Not thread-safe.
 */
final class RunTable {

    private static final int WORDS = 3;
    private static final int FIRST_PLACES = 16;

    private long[] words = new long[WORDS * FIRST_PLACES];
    private int size;

    int size() {
        return size;
    }

    /** The number of a UUID, or 0 if it has none. */
    long get(long high, long low) {
        return words[WORDS * find(high, low) + 2];
    }

    /** Gives a UUID a number, other than 0. */
    void put(long high, long low, long number) {
        int place = find(high, low);
        if (words[WORDS * place + 2] == 0) {
            if (4 * (size + 1) > 3 * places()) {
                resize(2 * places());
                place = find(high, low);
            }
            size++;
        }
        set(place, high, low, number);
    }

    /** Forgets a UUID; does nothing if it is not there. */
    void remove(long high, long low) {
        int place = find(high, low);
        if (words[WORDS * place + 2] == 0) {
            return;
        }
        size--;
        closeGap(place);
        if (places() > FIRST_PLACES && 4 * size < places()) {
            resize(places() / 2);
        }
    }

    /** Forgets every UUID for which this does not hold. */
    void retainOnly(Retained isRetained) {
        long[] former = words;
        words = new long[WORDS * FIRST_PLACES];
        size = 0;
        for (int i = 0; i < former.length; i += WORDS) {
            if (former[i + 2] != 0 && isRetained.test(former[i], former[i + 1])) {
                put(former[i], former[i + 1], former[i + 2]);
            }
        }
    }

    /** Whether a UUID stays. */
    @FunctionalInterface
    interface Retained {
        boolean test(long high, long low);
    }

    /** Takes back into the gap whatever would not be found beyond it. */
    private void closeGap(int gap) {
        int mask = places() - 1;
        int open = gap;
        for (int place = (gap + 1) & mask; words[WORDS * place + 2] != 0; place = (place + 1) & mask) {
            int home = home(words[WORDS * place], words[WORDS * place + 1]);
            if (((place - home) & mask) >= ((place - open) & mask)) {
                set(open, words[WORDS * place], words[WORDS * place + 1], words[WORDS * place + 2]);
                open = place;
            }
        }
        set(open, 0, 0, 0);
    }

    private void resize(int places) {
        long[] former = words;
        words = new long[WORDS * places];
        for (int i = 0; i < former.length; i += WORDS) {
            if (former[i + 2] != 0) {
                set(find(former[i], former[i + 1]), former[i], former[i + 1], former[i + 2]);
            }
        }
    }

    /** The place of the UUID, or the free one where it would be. */
    private int find(long high, long low) {
        int mask = places() - 1;
        int place = home(high, low);
        while (words[WORDS * place + 2] != 0 && (words[WORDS * place] != high || words[WORDS * place + 1] != low)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private int home(long high, long low) {
        return (int) ((high ^ low) * 0x9E3779B97F4A7C15L >>> 33) & (places() - 1);
    }

    private void set(int place, long high, long low, long number) {
        words[WORDS * place] = high;
        words[WORDS * place + 1] = low;
        words[WORDS * place + 2] = number;
    }

    private int places() {
        return words.length / WORDS;
    }
}
