package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypes;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.web.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a configuration is to be, and says everything that is wrong with it, never repeating a value. Pure. */
final class ConfigurationReader {

    /** What a secret is shown as, and what keeps it when it is sent back. */
    static final String MASK = "***";

    static final String NOTIFICATIONS = "notifications";
    static final String MESSAGE_TEMPLATE = "message_template";
    static final String IS_ACTIVE = "is_active";

    private static final String ACTIVE = "active";
    private static final int MAX_NOTIFICATIONS = 100;
    private static final int MAX_MESSAGE = 4_000;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    private final AddressPolicy addresses;

    ConfigurationReader(AddressPolicy addresses) {
        this.addresses = addresses;
    }

    /**
     * The configuration that a request asks for. What it leaves out has its default, except that stored secrets stay.
     *
     * @param stored what is configured; {@link Configuration#EMPTY} for nothing
     * @param errors gets what is wrong; the configuration is of use only if that is nothing
     */
    Configuration read(Provider provider, ObjectNode request, Configuration stored, List<FieldError> errors) {
        Map<String, String> given = new TreeMap<>();
        for (ConfigField field : provider.fields()) {
            String kept = field.secret() ? stored.given().find(field.name()) : null;
            String value = request.has(field.name())
                    ? value(field, request.get(field.name()), kept, field.name(), errors)
                    : kept;
            if (value != null) {
                given.put(field.name(), value);
            }
        }
        request.fieldNames().forEachRemaining(name -> {
            if (provider.field(name).isEmpty()
                    && !List.of(NOTIFICATIONS, MESSAGE_TEMPLATE, IS_ACTIVE, ACTIVE)
                            .contains(name)) {
                errors.add(new FieldError(name, unknown(provider)));
            }
        });
        return new Configuration(
                new Values(given),
                notifications(provider, request.get(NOTIFICATIONS), errors),
                message(provider, request.get(MESSAGE_TEMPLATE), MESSAGE_TEMPLATE, errors),
                isActive(request, errors));
    }

    /** What a configuration lacks to be of use. */
    static void requireWhole(Provider provider, Configuration configuration, List<FieldError> errors) {
        for (ConfigField field : provider.fields()) {
            boolean isWrong = errors.stream().anyMatch(error -> error.field().equals(field.name()));
            if (field.required() && configuration.given().find(field.name()) == null && !isWrong) {
                errors.add(new FieldError(field.name(), "Is needed. " + field.description()));
            }
        }
        boolean isWrong = errors.stream().anyMatch(error -> error.field().startsWith(NOTIFICATIONS));
        if (!isWrong && configuration.notifications().values().stream().noneMatch(Notification::isEnabled)) {
            errors.add(new FieldError(
                    NOTIFICATIONS,
                    "Must have at least one event type or pattern that is true: {\"order.created\": true}."));
        }
    }

    private static String unknown(Provider provider) {
        return Stream.concat(
                        provider.fields().stream().map(ConfigField::name),
                        Stream.of(NOTIFICATIONS, MESSAGE_TEMPLATE, IS_ACTIVE))
                .collect(Collectors.joining(", ", "Is no field of " + provider.name() + ", which has ", "."));
    }

    /** @param kept what the mask stands for; null for nothing */
    private @Nullable String value(
            ConfigField field, JsonNode node, @Nullable String kept, String place, List<FieldError> errors) {
        if (node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            errors.add(new FieldError(place, "Must be a text."));
            return null;
        }
        String value = node.textValue();
        if (field.secret() && value.equals(MASK)) {
            if (kept == null) {
                errors.add(new FieldError(place, "There is no stored value that the mask could stand for."));
            }
            return kept;
        }
        Optional<String> objection = objection(field, value);
        objection.ifPresent(message -> errors.add(new FieldError(place, message)));
        return objection.isPresent() ? null : value;
    }

    private Optional<String> objection(ConfigField field, String value) {
        if (value.isEmpty() || value.length() > field.maxLength()) {
            return Optional.of("Must have 1 to %d characters.".formatted(field.maxLength()));
        }
        if (field.type() != FieldType.TEMPLATE && CONTROLS.matcher(value).find()) {
            return Optional.of("Must be one line of text without control characters.");
        }
        if (field.pattern() != null && !Pattern.matches(field.pattern(), value)) {
            return Optional.of("Must look like %s: %s".formatted(field.example(), field.description()));
        }
        return switch (field.type()) {
            case STRING -> Optional.empty();
            case SELECT ->
                field.options().contains(value)
                        ? Optional.empty()
                        : Optional.of("Must be one of %s.".formatted(String.join(", ", field.options())));
            case TEMPLATE -> objectionToTemplate(value);
            case URL -> objectionToUrl(value);
        };
    }

    private Optional<String> objectionToUrl(String url) {
        try {
            EndpointUrl.parse(url, addresses);
            return Optional.empty();
        } catch (EndpointUrl.RefusedUrlException e) {
            return Optional.of(e.reason());
        }
    }

    private static Optional<String> objectionToTemplate(String template) {
        try {
            BodyTemplate.checkPart(template);
            return Optional.empty();
        } catch (InvalidTemplateException e) {
            return Optional.of(e.reason());
        }
    }

    private static @Nullable String message(
            Provider provider, @Nullable JsonNode node, String place, List<FieldError> errors) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (provider.message() == Provider.MessageKind.NONE) {
            errors.add(new FieldError(place, "%s takes no message; leave it out.".formatted(provider.displayName())));
            return null;
        }
        if (!node.isTextual()) {
            errors.add(new FieldError(place, "Must be a text."));
            return null;
        }
        String message = node.textValue();
        int max = provider.message() == Provider.MessageKind.TEXT ? MAX_MESSAGE : BodyTemplate.MAX_LENGTH;
        if (message.length() > max) {
            errors.add(new FieldError(place, "Must have 1 to %d characters.".formatted(max)));
            return null;
        }
        Optional<String> objection = objectionToTemplate(message);
        objection.ifPresent(reason -> errors.add(new FieldError(place, reason)));
        return objection.isPresent() ? null : message;
    }

    private static boolean isActive(ObjectNode request, List<FieldError> errors) {
        String name = request.has(IS_ACTIVE) ? IS_ACTIVE : ACTIVE;
        JsonNode node = request.get(name);
        if (node == null || node.isNull()) {
            return true;
        }
        if (!node.isBoolean()) {
            errors.add(new FieldError(name, "Must be true or false."));
        }
        return node.booleanValue();
    }

    private Map<String, Notification> notifications(
            Provider provider, @Nullable JsonNode node, List<FieldError> errors) {
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject() || node.size() > MAX_NOTIFICATIONS) {
            errors.add(new FieldError(
                    NOTIFICATIONS,
                    "Must be an object of at most %d event types: {\"order.created\": true}."
                            .formatted(MAX_NOTIFICATIONS)));
            return Map.of();
        }
        Map<String, Notification> notifications = new LinkedHashMap<>();
        node.fields().forEachRemaining(entry -> {
            String place = place(entry.getKey());
            if (!EventTypes.isPattern(entry.getKey())) {
                errors.add(new FieldError(
                        place, "Must be an event type such as product.created, a pattern such as product.*, or *."));
            } else {
                notifications.put(entry.getKey(), notification(provider, entry.getValue(), place, errors));
            }
        });
        return notifications;
    }

    /** Where an event type's notification is in the request. */
    static String place(String event) {
        return NOTIFICATIONS + '[' + event + ']';
    }

    private Notification notification(Provider provider, JsonNode node, String place, List<FieldError> errors) {
        if (node.isBoolean()) {
            return new Notification(node.booleanValue(), null, Map.of());
        }
        if (!node.isObject()) {
            errors.add(new FieldError(place, "Must be true, false, or an object such as {\"enabled\": true}."));
            return new Notification(false, null, Map.of());
        }
        Map<String, String> fields = new TreeMap<>();
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String inner = place + '.' + name;
            if (name.equals(Notification.ENABLED)) {
                if (!node.get(name).isBoolean()) {
                    errors.add(new FieldError(inner, "Must be true or false."));
                }
            } else if (!name.equals(MESSAGE_TEMPLATE)) {
                ConfigField field =
                        provider.field(name).filter(ConfigField::perEvent).orElse(null);
                String value = field == null ? null : value(field, node.get(name), null, inner, errors);
                if (field == null) {
                    errors.add(new FieldError(inner, unknownOfEvent(provider)));
                } else if (value != null) {
                    fields.put(name, value);
                }
            }
        }
        return new Notification(
                node.path(Notification.ENABLED).asBoolean(true),
                message(provider, node.get(MESSAGE_TEMPLATE), place + '.' + MESSAGE_TEMPLATE, errors),
                fields);
    }

    private static String unknownOfEvent(Provider provider) {
        return Stream.concat(
                        Stream.of(Notification.ENABLED, MESSAGE_TEMPLATE),
                        provider.fields().stream().filter(ConfigField::perEvent).map(ConfigField::name))
                .collect(Collectors.joining(", ", "Is nothing that an event type has of its own; that is ", "."));
    }
}
