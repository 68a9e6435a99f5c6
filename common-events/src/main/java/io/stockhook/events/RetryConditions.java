package io.stockhook.events;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an endpoint may name as worth another attempt: a status ({@code 429}), a class of them ({@code 5xx}), or what went wrong where
 * there was no response ({@code timeout}).
 *
 * <p>A 2xx is no failure and a 410 is never tried again, so neither can be named. What goes wrong on the platform's own side cannot be
 * named either: it is always tried again.
 */
public final class RetryConditions {

    /** The failures that are the endpoint's and no status, by their error class. */
    public static final Set<String> ERROR_CLASSES = Set.of(
            "timeout",
            "connection_error",
            "connection_reset",
            "dns_error",
            "tls_error",
            "address_refused",
            "protocol_error",
            "auth_error",
            "unconfirmed",
            "refused");

    private static final String STATUS_PREFIX = "http_";
    private static final String GONE = "410";
    private static final Pattern STATUS = Pattern.compile("[345]([0-9]{2}|xx)");

    private RetryConditions() {}

    /** Whether the text is one that can be named. */
    public static boolean isCondition(String text) {
        return ERROR_CLASSES.contains(text) || (STATUS.matcher(text).matches() && !text.equals(GONE));
    }

    /**
     * Whether one of the conditions covers a failure.
     *
     * @param errorClass as the API names it: {@code http_503}, {@code timeout} and so on
     */
    public static boolean cover(Collection<String> conditions, String errorClass) {
        if (!errorClass.startsWith(STATUS_PREFIX)) {
            return conditions.contains(errorClass);
        }
        String status = errorClass.substring(STATUS_PREFIX.length());
        return conditions.contains(status) || conditions.contains(status.charAt(0) + "xx");
    }
}
