package io.stockhook.subscription.integration;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the secrets of a configuration out of texts. Of a url that is secret, the origin is left. Pure; its text form shows nothing. */
final class Masks {

    private final Map<String, String> replacements = new LinkedHashMap<>();

    private Masks() {}

    /** Those of a configuration's secrets. */
    static Masks of(Provider provider, Configuration configuration) {
        var masks = new Masks();
        for (ConfigField field : provider.fields()) {
            String value = configuration.given().find(field.name());
            if (field.secret() && value != null) {
                masks.replacements.put(
                        value,
                        field.type() == FieldType.URL
                                ? origin(value) + '/' + ConfigurationReader.MASK
                                : ConfigurationReader.MASK);
            }
        }
        return masks;
    }

    /** The text without them. */
    String apply(String text) {
        String masked = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            masked = masked.replace(replacement.getKey(), replacement.getValue());
        }
        return masked;
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
