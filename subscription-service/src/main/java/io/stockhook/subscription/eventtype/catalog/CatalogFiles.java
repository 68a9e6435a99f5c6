package io.stockhook.subscription.eventtype.catalog;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the data files: those that the service brings along, then those of the configured directory. */
class CatalogFiles {

    /** In the order in which people read of them. */
    static final List<String> OWN =
            List.of("catalog", "inventory", "sales", "customer", "search", "analytics", "users", "system");

    private static final String RESOURCE = "event-types/%s.yaml";
    private static final String EXTENSION = ".yaml";

    /** The platform's catalog; throws, so that the service does not start, if a file cannot be used. */
    @Produces
    @Singleton
    Catalog catalog(CatalogConfig config) {
        CatalogReader reader = new CatalogReader();
        for (String name : OWN) {
            String resource = RESOURCE.formatted(name);
            reader.take(resource, own(resource));
        }
        config.directory().ifPresent(directory -> takeAll(directory, reader));
        return reader.catalog();
    }

    static void takeAll(Path directory, CatalogReader reader) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList()) {
                reader.take(file.toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new InvalidCatalogException(directory.toString(), "", "Cannot be read: " + e);
        }
    }

    static String own(String resource) {
        try (InputStream in = CatalogFiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new InvalidCatalogException(resource, "", "Is not there.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidCatalogException(resource, "", "Cannot be read: " + e);
        }
    }
}
