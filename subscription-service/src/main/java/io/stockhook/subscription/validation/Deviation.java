package io.stockhook.subscription.validation;

import org.jspecify.annotations.Nullable;

/**
 * A way in which a signature was made, or is given, that is not the right one.
 *
 * @param field where in the request the mistake shows
 * @param code what it is, for programs
 * @param message what it is, in words
 */
record Deviation(String field, String code, String message) {

    /**
     * Bytes and how they deviate.
     *
     * @param deviation null if they are the right ones
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record, never changed
    record Variant(byte[] bytes, @Nullable Deviation deviation) {

        static Variant right(byte[] bytes) {
            return new Variant(bytes, null);
        }
    }

    Finding finding() {
        return Finding.of(field, code, message);
    }
}
