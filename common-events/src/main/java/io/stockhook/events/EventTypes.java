package io.stockhook.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of event types and the patterns that subscribe to them.
 *
 * <p>A name has two or more segments of lower-case letters, digits and underscores between dots. A pattern is a name, a name's
 * beginning followed by {@code .*} for everything below it, or {@code *} for every type.
 */
public final class EventTypes {

    /** The pattern that every type matches. */
    public static final String ANY = "*";
    /** The type of the event that a webhook was disabled by the platform. */
    public static final String WEBHOOK_DISABLED = "webhook.disabled";
    /** The longest name or pattern, in characters. */
    public static final int MAX_LENGTH = 128;

    private static final String BELOW = ".*";
    private static final String SEGMENT = "[a-z][a-z0-9_]*";
    private static final Pattern NAME = Pattern.compile(SEGMENT + "(\\." + SEGMENT + ")+");
    private static final Pattern SUBSCRIPTION = Pattern.compile("\\*|" + SEGMENT + "(\\." + SEGMENT + ")*(\\.\\*)?");

    /** Other spellings of a canonical name, under which a subscriber may ask for it. */
    private static final Map<String, List<String>> ALIASES = Map.of(
            "product.created", List.of("catalog.product.created"),
            "product.updated", List.of("catalog.product.updated"),
            "product.deleted", List.of("catalog.product.deleted"),
            "product.out_of_stock", List.of("inventory.out_of_stock"));

    private EventTypes() {}

    /** Whether the text is a well-formed name. */
    public static boolean isName(String text) {
        return text.length() <= MAX_LENGTH && NAME.matcher(text).matches();
    }

    /** Whether the text is a well-formed pattern. A single word without a dot or {@code .*} is none. */
    public static boolean isPattern(String text) {
        return text.length() <= MAX_LENGTH
                && SUBSCRIPTION.matcher(text).matches()
                && (text.equals(ANY) || text.indexOf('.') > 0);
    }

    /** Whether the pattern covers exactly this spelling of a name. */
    public static boolean covers(String pattern, String name) {
        if (pattern.equals(ANY)) {
            return true;
        }
        if (pattern.endsWith(BELOW)) {
            return name.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return pattern.equals(name);
    }

    /** The canonical name first, then its aliases. */
    public static List<String> spellings(String canonicalName) {
        List<String> aliases = ALIASES.getOrDefault(canonicalName, List.of());
        if (aliases.isEmpty()) {
            return List.of(canonicalName);
        }
        var all = new ArrayList<String>(1 + aliases.size());
        all.add(canonicalName);
        all.addAll(aliases);
        return List.copyOf(all);
    }

    /** The canonical name of any spelling; a name that is nobody's alias is its own. */
    public static String canonical(String spelling) {
        for (var entry : ALIASES.entrySet()) {
            if (entry.getValue().contains(spelling)) {
                return entry.getKey();
            }
        }
        return spelling;
    }
}
