package io.stockhook.subscription.integration;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the urls of a provider look like. */
final class KnownAddresses {

    private static final String ANY_PART = "[A-Za-z0-9.-]+";
    private static final String DEFAULT_PORT = "(:443)?";

    private KnownAddresses() {}

    /**
     * The regular expression of the urls that begin with one of these and go on with that.
     *
     * @param bases scheme, host and perhaps a path, without a slash at the end; a {@code *} stands for any part of a host's name
     * @param path a regular expression
     */
    static String pattern(List<String> bases, String path) {
        return bases.stream().map(KnownAddresses::quoted).collect(Collectors.joining("|", "(", ")"))
                + DEFAULT_PORT
                + path;
    }

    private static String quoted(String base) {
        return Pattern.compile("\\*")
                .splitAsStream(base)
                .map(part -> part.replaceAll("([.\\\\+?()\\[\\]{}^$|])", "\\\\$1"))
                .collect(Collectors.joining(ANY_PART));
    }
}
