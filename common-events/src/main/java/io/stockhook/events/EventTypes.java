package io.stockhook.events;

import java.util.ArrayList;
import java.util.List;
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

    /** What the platform says of itself, to each tenant of its own: nobody else may say it. */
    private static final List<String> RESERVED = List.of("webhook.*", "system.*");
    /** What is said by whoever runs the backups, who is not the platform. */
    private static final String BACKUP_COMPLETED = "system.backup_completed";

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

    /** Whether only the platform emits events of this type: {@code webhook.*} and {@code system.*}, but the completion of a backup. */
    public static boolean isReserved(String name) {
        return !name.equals(BACKUP_COMPLETED) && RESERVED.stream().anyMatch(pattern -> covers(pattern, name));
    }

    /** Every pattern that covers exactly this spelling of a name, the name itself first and {@link #ANY} last. */
    public static List<String> patternsFor(String name) {
        List<String> patterns = new ArrayList<>();
        patterns.add(name);
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            patterns.add(name.substring(0, dot) + BELOW);
        }
        patterns.add(ANY);
        return List.copyOf(patterns);
    }
}
