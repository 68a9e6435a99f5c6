package io.stockhook.subscription.eventtype.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.stockhook.events.EventTypes;
import io.stockhook.events.schema.InvalidSchemaException;
import io.stockhook.events.schema.PayloadSchema;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.subscription.eventtype.catalog.CatalogFile.TypeEntry;
import io.stockhook.subscription.eventtype.catalog.CatalogFile.VersionEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads data files into a catalog and is thrown away. Every refusal names file and place.
 *
 * <p>A type may be in one file only; a category may be in several, and has the words of the first that has any.
 */
final class CatalogReader {

    private static final Pattern CATEGORY = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final String PUBLISHERS = "publishers";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private final Map<String, Category> categories = new LinkedHashMap<>();
    private final List<PlatformType> types = new ArrayList<>();
    /** In which file each spelling is. */
    private final Map<String, String> spellings = new HashMap<>();

    private final Map<PlatformType, String> files = new HashMap<>();

    /**
     * Takes a file.
     *
     * @param file its name, for whoever is told what is wrong with it
     * @throws InvalidCatalogException naming the place
     */
    void take(String file, String yaml) {
        CatalogFile read = parse(file, yaml);
        if (read.category() == null || read.category().name() == null) {
            throw new InvalidCatalogException(file, "category.name", "Is missing.");
        }
        String category = read.category().name();
        if (!CATEGORY.matcher(category).matches()) {
            throw new InvalidCatalogException(
                    file, "category.name", "Must be lower-case letters, digits and underscores, 64 at the most.");
        }
        addCategory(read.category());
        List<TypeEntry> entries = read.eventTypes() == null ? List.of() : read.eventTypes();
        for (int index = 0; index < entries.size(); index++) {
            String place = "event_types[%d]".formatted(index);
            TypeEntry entry = entries.get(index);
            if (entry == null) {
                throw new InvalidCatalogException(file, place, "Is empty.");
            }
            PlatformType type = type(file, place, category, entry);
            types.add(type);
            files.put(type, file);
        }
    }

    /** The catalog of all files taken. */
    Catalog catalog() {
        for (PlatformType type : types) {
            if (type.deprecation() != null && type.deprecation().replacement() != null) {
                boolean isKnown = types.stream()
                        .anyMatch(
                                other -> other.name().equals(type.deprecation().replacement()) && other != type);
                if (!isKnown) {
                    throw new InvalidCatalogException(
                            String.valueOf(files.get(type)),
                            type.name() + ".deprecation.replacement",
                            "Must be the name of another type.");
                }
            }
        }
        return new Catalog(categories.values(), types);
    }

    private void addCategory(CatalogFile.CategoryEntry entry) {
        String name = Objects.requireNonNull(entry.name());
        Category known = categories.get(name);
        if (known == null || known.description().isEmpty()) {
            categories.put(
                    name,
                    new Category(
                            name,
                            Objects.requireNonNullElse(entry.displayName(), name),
                            Objects.requireNonNullElse(entry.description(), "")));
        }
    }

    private static CatalogFile parse(String file, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object read;
        try {
            read = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (YAMLException e) {
            throw new InvalidCatalogException(
                    file, "", "Is no YAML: " + String.valueOf(e.getMessage()).strip());
        }
        try {
            CatalogFile parsed = MAPPER.readValue(MAPPER.writeValueAsBytes(read), CatalogFile.class);
            if (parsed == null) {
                throw new InvalidCatalogException(file, "", "Is empty.");
            }
            return parsed;
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidCatalogException(
                    file, path(e), "Is not known. Known are: %s.".formatted(e.getKnownPropertyIds()));
        } catch (JsonMappingException e) {
            throw new InvalidCatalogException(file, path(e), "Has a value of another type than it must have.");
        } catch (JsonProcessingException e) {
            throw new InvalidCatalogException(file, "", e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw new InvalidCatalogException(file, "", String.valueOf(e.getMessage()));
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private PlatformType type(String file, String place, String category, TypeEntry entry) {
        String name = text(file, place + ".name", entry.name());
        claim(file, place + ".name", name);
        List<String> aliases = entry.aliases() == null ? List.of() : List.copyOf(entry.aliases());
        for (int index = 0; index < aliases.size(); index++) {
            claim(file, "%s.aliases[%d]".formatted(place, index), aliases.get(index));
        }
        if (entry.deprecation() != null) {
            text(file, place + ".deprecation.reason", entry.deprecation().reason());
        }
        return new PlatformType(
                name,
                text(file, place + ".display_name", entry.displayName()),
                text(file, place + ".description", entry.description()),
                category,
                Objects.requireNonNullElse(entry.emittedBy(), PUBLISHERS),
                aliases,
                entry.deprecation(),
                versions(file, place, entry));
    }

    private void claim(String file, String place, String spelling) {
        if (!EventTypes.isName(spelling)) {
            throw new InvalidCatalogException(
                    file,
                    place,
                    "Must be two or more segments of lower-case letters, digits and underscores between dots; is '%s'."
                            .formatted(spelling));
        }
        String other = spellings.putIfAbsent(spelling, file);
        if (other != null) {
            throw new InvalidCatalogException(
                    file, place, "'%s' is the name or the alias of a type in %s already.".formatted(spelling, other));
        }
    }

    private static List<PlatformType.Version> versions(String file, String place, TypeEntry entry) {
        if (entry.versions() == null) {
            VersionEntry only = new VersionEntry(null, entry.payloadSchema(), entry.examplePayload(), null, null);
            return List.of(version(file, place, 1, only));
        }
        if (entry.payloadSchema() != null
                || entry.examplePayload() != null
                || entry.versions().isEmpty()) {
            throw new InvalidCatalogException(
                    file,
                    place + ".versions",
                    "Must list the versions, and payload_schema and example_payload stand in it.");
        }
        List<PlatformType.Version> versions = new ArrayList<>();
        for (VersionEntry version : entry.versions()) {
            String at = "%s.versions[%d]".formatted(place, versions.size());
            versions.add(version(file, at, versions.size() + 1, version));
        }
        return List.copyOf(versions);
    }

    private static PlatformType.Version version(String file, String place, int number, VersionEntry entry) {
        if (entry.payloadSchema() == null) {
            throw new InvalidCatalogException(file, place + ".payload_schema", "Is missing.");
        }
        if (entry.examplePayload() == null) {
            throw new InvalidCatalogException(file, place + ".example_payload", "Is missing.");
        }
        PayloadSchema schema = compiled(file, place + ".payload_schema", entry.payloadSchema());
        schema.violations(entry.examplePayload()).stream().findFirst().ifPresent(violation -> {
            throw new InvalidCatalogException(
                    file,
                    place + ".example_payload",
                    "Does not satisfy the schema: %s %s.".formatted(violation.place(), violation.message()));
        });
        if (entry.downgrade() != null) {
            try {
                BodyTemplate.compile(entry.downgrade());
            } catch (InvalidTemplateException e) {
                throw new InvalidCatalogException(file, place + ".downgrade", e.reason());
            }
        }
        return new PlatformType.Version(
                number,
                entry.description(),
                entry.payloadSchema(),
                schema,
                entry.examplePayload(),
                entry.downgrade(),
                Objects.requireNonNullElse(entry.since(), Instant.EPOCH));
    }

    private static PayloadSchema compiled(String file, String place, ObjectNode schema) {
        try {
            return PayloadSchema.compile(schema.toString());
        } catch (InvalidSchemaException e) {
            throw new InvalidCatalogException(file, e.place().isEmpty() ? place : place + '.' + e.place(), e.reason());
        }
    }

    private static String text(String file, String place, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidCatalogException(file, place, "Is missing.");
        }
        return value;
    }
}
