package io.stockhook.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may call what, as a test expects it: a line for each route with its method, its path and the least roles that suffice, or {@code open}
 * for a route that needs no token. Lines that are empty or begin with {@code #} say nothing.
 *
 * @param rules in the order of the lines
 */
public record RouteTable(List<Rule> rules) {

    /** What stands in the place of roles for a route that needs no token. */
    public static final String OPEN = "open";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Map<String, Set<String>> INCLUDED = Map.of(
            "admin", Set.of("admin"),
            "owner", Set.of("owner", "editor", "viewer", "publisher"),
            "editor", Set.of("editor", "viewer", "publisher"),
            "viewer", Set.of("viewer"),
            "publisher", Set.of("publisher"));

    /**
     * Who may call one route.
     *
     * @param path with its parameters in braces, as the OpenAPI document has it
     * @param roles the least that suffice; empty if it is open
     */
    public record Rule(String method, String path, Set<String> roles) {

        /** Whether it needs no token. */
        public boolean isOpen() {
            return roles.isEmpty();
        }

        /** Whether a caller with this role may. */
        public boolean allows(String role) {
            return INCLUDED.getOrDefault(role, Set.of()).stream().anyMatch(roles::contains);
        }

        /** Method and path. */
        public String route() {
            return method + ' ' + path;
        }
    }

    /** Every role that there is. */
    public static SortedSet<String> roles() {
        return new TreeSet<>(INCLUDED.keySet());
    }

    /**
     * The table that a text holds.
     *
     * @throws IllegalArgumentException naming a line that is none
     */
    public static RouteTable parse(String text) {
        List<Rule> rules = new ArrayList<>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] words = line.split("\\s+", -1);
                    if (words.length != 3 || !METHODS.contains(words[0])) {
                        throw new IllegalArgumentException("not a method, a path and roles: " + line);
                    }
                    Set<String> roles = words[2].equals(OPEN) ? Set.of() : Set.of(words[2].split(",", -1));
                    if (!INCLUDED.keySet().containsAll(roles)) {
                        throw new IllegalArgumentException("not a role: " + line);
                    }
                    rules.add(new Rule(words[0], words[1], roles));
                });
        return new RouteTable(List.copyOf(rules));
    }

    /**
     * What the table and a service's OpenAPI document do not have in common, as complaints.
     *
     * @param paths the member {@code paths} of the document
     */
    public List<String> differences(Map<String, ? extends Map<String, ?>> paths) {
        Set<String> documented = new TreeSet<>();
        paths.forEach((path, operations) -> operations.keySet().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .filter(METHODS::contains)
                .forEach(method -> documented.add(method + ' ' + path)));
        Set<String> expected = new TreeSet<>();
        rules.forEach(rule -> expected.add(rule.route()));
        List<String> complaints = new ArrayList<>();
        documented.stream()
                .filter(route -> !expected.contains(route))
                .forEach(route -> complaints.add(route + " is not in the table: say which roles may call it"));
        expected.stream()
                .filter(route -> !documented.contains(route))
                .forEach(route -> complaints.add(route + " is in the table and no route of the service"));
        return complaints;
    }
}
