package io.stockhook.subscription.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EventData;
import io.stockhook.subscription.validation.Deviation.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which keys, bodies and signatures are got wrong, the right one first. Pure. */
final class SignatureVariants {

    static final String SECRET = "signature.secret";
    static final String BODY = "signature.body";

    private static final String STANDARD_PREFIX = "whsec_";
    private static final String CLASSIC_ALGORITHM = "sha256=";
    private static final String V1 = "v1,";

    private SignatureVariants() {}

    /** The keys that somebody may have made of a secret for {@code webhook-signature}. */
    static List<Variant> standardKeys(String secret) {
        List<Variant> keys = new ArrayList<>();
        byte[] text = secret.getBytes(UTF_8);
        byte[] decoded = base64(afterPrefix(secret));
        if (secret.startsWith(STANDARD_PREFIX) && decoded != null) {
            keys.add(Variant.right(decoded));
            keys.add(new Variant(
                    text,
                    secretEncoding("The text of the secret was the key; it is the base64 after whsec_, decoded.")));
            keys.add(new Variant(
                    afterPrefix(secret).getBytes(UTF_8),
                    secretEncoding("The text after whsec_ was the key; it has to be decoded from base64.")));
        } else {
            keys.add(Variant.right(text));
            if (decoded != null) {
                keys.add(
                        new Variant(
                                decoded,
                                secretEncoding(
                                        "The secret was decoded from base64; one without whsec_ is a key as it stands, in UTF-8.")));
            }
        }
        return keys;
    }

    /** The keys that somebody may have made of a secret for {@code X-Webhook-Signature}. */
    static List<Variant> classicKeys(String secret) {
        List<Variant> keys = new ArrayList<>();
        keys.add(Variant.right(secret.getBytes(UTF_8)));
        byte[] decoded = base64(afterPrefix(secret));
        if (decoded != null) {
            keys.add(new Variant(
                    decoded,
                    secretEncoding(
                            "The secret was decoded from base64; this header's key is the whole secret as text.")));
        }
        if (secret.startsWith(STANDARD_PREFIX)) {
            keys.add(new Variant(
                    afterPrefix(secret).getBytes(UTF_8),
                    secretEncoding("whsec_ was left out; this header's key is the whole secret as text.")));
        }
        return keys;
    }

    /** Spellings of a secret that was copied with too much or too little; without the one given. */
    static List<String> spellings(String secret) {
        List<String> spellings = new ArrayList<>();
        String stripped = secret.strip();
        String bare =
                stripped.length() > 2 && isQuote(stripped.charAt(0)) && stripped.endsWith(stripped.substring(0, 1))
                        ? stripped.substring(1, stripped.length() - 1)
                        : stripped;
        spellings.add(stripped);
        spellings.add(bare);
        if (!bare.startsWith(STANDARD_PREFIX)) {
            spellings.add(STANDARD_PREFIX + bare);
        }
        return spellings.stream()
                .filter(spelling -> !spelling.isEmpty() && !spelling.equals(secret))
                .distinct()
                .toList();
    }

    /** What one of those has for a mistake. */
    static Deviation misspelt(String secret, String spelling) {
        return new Deviation(
                SECRET,
                "secret_spelling",
                spelling.length() > secret.length()
                        ? "whsec_ is missing before the secret."
                        : "The secret has spaces, line breaks or quotes around it that do not belong to it.");
    }

    /** What a body may have been before somebody altered it. */
    static List<Variant> bodies(byte[] body) {
        List<Variant> bodies = new ArrayList<>();
        bodies.add(Variant.right(body));
        int end = body.length;
        while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
            end--;
        }
        if (end < body.length) {
            bodies.add(altered(Arrays.copyOf(body, end), "What was signed has no line break at its end."));
        } else {
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            longer[body.length] = '\n';
            bodies.add(altered(longer, "What was signed ends with a line break, which is lost."));
        }
        String text = new String(body, UTF_8);
        if (text.indexOf('\r') >= 0) {
            bodies.add(altered(text.replace("\r\n", "\n").getBytes(UTF_8), "What was signed has no carriage returns."));
        }
        JsonNode json = json(body);
        if (json != null) {
            String message =
                    "What was signed is the same JSON, written otherwise: sign and verify the bytes, before anything parses them.";
            bodies.add(altered(JsonText.of(json).getBytes(UTF_8), message));
            bodies.add(altered(JsonText.spaced(json).getBytes(UTF_8), message));
        }
        return bodies;
    }

    /** What the header's value holds, read in whatever way it can be read. */
    static List<Variant> standardSignatures(String header) {
        String field = "signature.headers.webhook-signature";
        List<Variant> given = new ArrayList<>();
        for (String element : header.split(" ", -1)) {
            String signature = element.endsWith(",") ? element.substring(0, element.length() - 1) : element;
            if (!signature.equals(element) && signature.startsWith(V1)) {
                add(
                        given,
                        base64(signature.substring(V1.length())),
                        malformed(field, "Several signatures are separated by spaces alone."));
            } else if (signature.startsWith(V1)) {
                String text = signature.substring(V1.length());
                add(given, base64(text), null);
                add(given, hex(text), malformed(field, "The signature is hex; after v1, stands base64."));
                add(
                        given,
                        base64Url(text),
                        malformed(field, "The signature is base64url; after v1, stands base64 with + and /."));
            } else if (signature.startsWith(CLASSIC_ALGORITHM)) {
                String text = signature.substring(CLASSIC_ALGORITHM.length());
                Deviation deviation = malformed(field, "The signature begins with sha256=; it must be v1,<base64>.");
                add(given, hex(text), deviation);
                add(given, base64(text), deviation);
            } else if (signature.indexOf(',') < 0) {
                String text = signature.startsWith("v1=") ? signature.substring("v1=".length()) : signature;
                Deviation deviation =
                        malformed(field, "The signature must be v1,<base64>: v1 and a comma are missing.");
                add(given, base64(text), deviation);
                add(given, hex(text), deviation);
            }
        }
        return given;
    }

    /** The same for the classic header. */
    static List<Variant> classicSignatures(String field, String header) {
        List<Variant> given = new ArrayList<>();
        if (header.startsWith(CLASSIC_ALGORITHM)) {
            String text = header.substring(CLASSIC_ALGORITHM.length());
            add(given, hex(text), null);
            add(given, base64(text), malformed(field, "The signature is base64; after sha256= stands hex."));
        } else {
            String text = header.startsWith(V1) ? header.substring(V1.length()) : header;
            Deviation deviation = malformed(field, "The signature must be sha256=<hex>.");
            add(given, hex(text), deviation);
            add(given, base64(text), deviation);
        }
        return given;
    }

    static Deviation malformed(String field, String message) {
        return new Deviation(field, "signature_malformed", message);
    }

    private static void add(List<Variant> given, byte @Nullable [] bytes, @Nullable Deviation deviation) {
        if (bytes != null) {
            given.add(new Variant(bytes, deviation));
        }
    }

    private static Deviation secretEncoding(String message) {
        return new Deviation(SECRET, "secret_encoding", message);
    }

    private static Variant altered(byte[] bytes, String message) {
        return new Variant(bytes, new Deviation(BODY, "body_altered", message));
    }

    private static String afterPrefix(String secret) {
        return secret.startsWith(STANDARD_PREFIX) ? secret.substring(STANDARD_PREFIX.length()) : secret;
    }

    private static boolean isQuote(char character) {
        return character == '"' || character == '\'' || character == '`';
    }

    private static byte @Nullable [] base64(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            return decoded.length == 0 ? null : decoded;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] base64Url(String text) {
        try {
            return text.indexOf('-') < 0 && text.indexOf('_') < 0
                    ? null
                    : Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] hex(String text) {
        try {
            return text.isEmpty() ? null : HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            return EventData.read(body);
        } catch (IOException e) {
            return null;
        }
    }
}
