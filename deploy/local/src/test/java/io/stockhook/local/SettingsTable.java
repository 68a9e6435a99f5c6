package io.stockhook.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of all services as rows of a Markdown table, read from the sources of their {@code @ConfigMapping}s. */
final class SettingsTable {

    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern PROPERTY = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@WithDefault\\(\"([^\"]*)\"\\)\\s*)?([\\w<>.]+) (\\w+)\\(\\);",
            Pattern.DOTALL);
    private static final String SHARED = "common-web";

    private SettingsTable() {}

    /** The rows in the order of their names; a property that several services have is a row for each of its meanings. */
    static List<String> rows(Path home) throws IOException {
        TreeMap<String, String> rows = new TreeMap<>();
        try (Stream<Path> sources = sources(home)) {
            sources.forEach(source -> addRows(home, source, rows));
        }
        return List.copyOf(rows.values());
    }

    private static Stream<Path> sources(Path home) throws IOException {
        List<Path> modules = new ArrayList<>();
        try (Stream<Path> directories = Files.list(home)) {
            directories
                    .map(directory -> directory.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .forEach(modules::add);
        }
        return modules.stream().sorted().flatMap(SettingsTable::filesOf);
    }

    private static Stream<Path> filesOf(Path module) {
        try {
            return Files.walk(module).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addRows(Path home, Path source, TreeMap<String, String> rows) {
        String text = read(source);
        var mapping = MAPPING.matcher(text);
        if (!mapping.find()) {
            return;
        }
        String module = home.relativize(source).getName(0).toString();
        String service = module.equals(SHARED) ? "all" : module.replace("-service", "");
        PROPERTY.matcher(text.substring(mapping.end())).results().forEach(property -> {
            String name = mapping.group(1) + '.' + kebab(property.group(4));
            rows.put(name + ' ' + service, row(name, service, property));
        });
    }

    private static String row(String name, String service, MatchResult property) {
        String fallback = property.group(2) != null
                ? '`' + property.group(2) + '`'
                : property.group(3).startsWith("Optional") ? "none" : "to be set";
        String meaning = property.group(1)
                .replaceAll("\\s*\n\\s*\\*?\\s*", " ")
                .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
                .strip();
        return "| `%s` | %s | %s | %s |".formatted(name, service, fallback, meaning);
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints the table, to be pasted into {@code docs/operations.md}. */
    public static void main(String[] arguments) throws IOException {
        rows(Path.of("")).forEach(System.out::println);
    }
}
