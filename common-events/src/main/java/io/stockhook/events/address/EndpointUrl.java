package io.stockhook.events.address;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's url that has passed the rules which need no name resolution. What its name resolves to is checked before each
 * attempt, because the answer changes.
 *
 * @param isTls whether it is https
 * @param host the host in ASCII (RFC 5890 A-labels), an IPv6 literal without brackets
 * @param port the port, the scheme's own if the url has none
 * @param pathAndQuery what follows the authority, at least {@code /}
 * @param literal the address, if the host is one; null if it is a name
 */
public record EndpointUrl(
        boolean isTls,
        String host,
        int port,
        String pathAndQuery,
        @Nullable InetAddress literal) {

    /** The longest url, in characters. */
    public static final int MAX_LENGTH = 2048;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Set<Integer> PUBLIC_PORTS = Set.of(HTTPS_PORT, 8443);
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final Pattern NUMERIC_LABEL = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String LOCALHOST = "localhost";

    /** A url that a delivery may not go to. The message says what is wrong and what would be right. */
    public static final class RefusedUrlException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        RefusedUrlException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** What is wrong and what would be right, fit to be shown to the caller. */
        public String reason() {
            return reason;
        }
    }

    /**
     * Checks a url as it is registered.
     *
     * @throws RefusedUrlException if it breaks a rule
     */
    public static EndpointUrl parse(String text, AddressPolicy policy) {
        URI uri = parseUri(text);
        String host = asciiHost(uri);
        InetAddress literal = literal(host);
        boolean isExempt = literal != null
                ? policy.isExempt(literal)
                : isLocalhost(host) && policy.isExempt(InetAddress.getLoopbackAddress());
        if (literal != null && !policy.permits(literal)) {
            throw new RefusedUrlException("the address " + host + " is not reachable from the public internet");
        }
        if (literal == null && !isExempt && host.indexOf('.') < 0) {
            throw new RefusedUrlException("the host '" + host + "' is a single label; use a full domain name");
        }
        boolean isTls = "https".equals(scheme(uri));
        if (!isTls && !isExempt) {
            throw new RefusedUrlException("the scheme must be https");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
        if (port == 0 || port > 65_535) {
            throw new RefusedUrlException("the port must be between 1 and 65535");
        }
        if (!isExempt && !PUBLIC_PORTS.contains(port)) {
            throw new RefusedUrlException("the port must be 443 or 8443");
        }
        return new EndpointUrl(isTls, host, port, pathAndQuery(uri), literal);
    }

    private static URI parseUri(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RefusedUrlException("the url is longer than " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7F || c == '\\')) {
            throw new RefusedUrlException("the url has a space, a control character or a backslash");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new RefusedUrlException("not a url: " + e.getReason());
        }
        String scheme = scheme(uri);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new RefusedUrlException("the scheme must be https");
        }
        if (uri.getRawAuthority() == null || uri.getRawAuthority().isEmpty()) {
            throw new RefusedUrlException("the url has no host");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0) {
            throw new RefusedUrlException("the url holds credentials; send them as a header instead");
        }
        if (uri.getRawFragment() != null) {
            throw new RefusedUrlException("the url has a fragment, which is never sent");
        }
        return uri;
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** {@link URI} reads no internationalised host, so the authority is taken apart here where it finds none. */
    private static String asciiHost(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            String authority = uri.getRawAuthority();
            int colon = authority.lastIndexOf(':');
            host = colon >= 0 && authority.substring(colon + 1).matches("\\d{1,5}")
                    ? authority.substring(0, colon)
                    : authority;
            if (colon >= 0 && host.length() != authority.length()) {
                throw new RefusedUrlException("give the host of a url with a port in ASCII (punycode)");
            }
        }
        if (host.startsWith("[")) {
            if (host.indexOf('%') >= 0) {
                throw new RefusedUrlException("an IPv6 address with a zone is local to one machine");
            }
            return host.substring(1, host.length() - 1);
        }
        String ascii;
        try {
            ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new RefusedUrlException("the host '" + host + "' is no domain name");
        }
        if (ascii.endsWith(".")) {
            ascii = ascii.substring(0, ascii.length() - 1);
        }
        String lastLabel = ascii.substring(ascii.lastIndexOf('.') + 1);
        if (NUMERIC_LABEL.matcher(lastLabel).matches()
                && !DOTTED_QUAD.matcher(ascii).matches()) {
            throw new RefusedUrlException("the host '" + host + "' is an address in an unusual notation");
        }
        if (!NAME.matcher(ascii).matches()) {
            throw new RefusedUrlException("the host '" + host + "' is no domain name");
        }
        return ascii;
    }

    private static @Nullable InetAddress literal(String host) {
        if (!DOTTED_QUAD.matcher(host).matches() && host.indexOf(':') < 0) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new RefusedUrlException("the host '" + host + "' is no address");
        }
    }

    private static boolean isLocalhost(String host) {
        return host.equals(LOCALHOST) || host.endsWith('.' + LOCALHOST);
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return percentEncoded(uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery());
    }

    /** A request line is ASCII: what is not goes as its UTF-8 bytes (RFC 3987, section 3.1), and what is, stays as it was given. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0) {
                encoded.append((char) unit);
            } else {
                encoded.append('%').append(HEX.toHexDigits(unit));
            }
        }
        return encoded.toString();
    }
}
