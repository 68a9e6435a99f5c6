package io.stockhook.local;

import io.stockhook.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * By which versions a data directory is written. Two that differ cannot read each other's data.
 *
 * @param parts the data directory's own layout, Kafka's major and minor version, PostgreSQL's major version
 */
record Versions(Map<String, String> parts) {

    private static final String LAYOUT = "1";

    /** What this build writes. */
    static Versions current() {
        Properties build = new Properties();
        try (InputStream resource = Versions.class.getResourceAsStream("/versions.properties")) {
            build.load(resource);
        } catch (IOException e) {
            throw new PlatformException("The build's own versions cannot be read: %s.".formatted(e), e);
        }
        return new Versions(Map.of(
                "layout", LAYOUT,
                "kafka", leading(build.getProperty("kafka"), 2),
                "postgres", leading(build.getProperty("postgres"), 1)));
    }

    /**
     * Accepts a directory that these versions wrote, and marks an unmarked one as theirs.
     *
     * @throws PlatformException if others wrote it
     */
    void claim(Path directory) {
        Path file = directory.resolve("versions.properties");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, text());
                return;
            }
            Versions found = read(file);
            if (!found.equals(this)) {
                throw new PlatformException(
                        "The data in %s was written by %s and this is %s; name another directory with --data."
                                .formatted(directory, found, this));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new PlatformException("%s cannot be read or written: %s.".formatted(file, e), e);
        }
    }

    private static Versions read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Versions(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty)));
    }

    private String text() {
        return new TreeMap<>(parts)
                .entrySet().stream()
                        .map(part -> part.getKey() + "=" + part.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    private static String leading(String version, int numbers) {
        return Arrays.stream(version.split("\\.")).limit(numbers).collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return new TreeMap<>(parts)
                .entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", "));
    }
}
