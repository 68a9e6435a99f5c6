package io.stockhook.subscription.integration;

import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypes;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.web.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks that a configuration comes to: a webhook has one template, so event types that are told of alike share one, and each other
 * message has its own. Pure.
 *
 * @param parts one for each webhook, at least one
 */
record Plan(List<Part> parts) {

    /** How many webhooks an integration may come to. */
    static final int MAX_PARTS = 20;

    /**
     * A webhook of an integration.
     *
     * @param events the types and patterns that it gets
     * @param outgoing what it sends
     */
    record Part(List<String> events, Outgoing outgoing) {}

    /**
     * The plan of a whole configuration.
     *
     * @param errors gets what is wrong; the plan is of use only if that is nothing
     */
    static Plan of(Provider provider, Configuration configuration, EventTypeNames names, List<FieldError> errors) {
        Map<Outgoing, List<String>> events = new LinkedHashMap<>();
        Map<String, @Nullable Outgoing> byEvent = new LinkedHashMap<>();
        configuration.notifications().forEach((event, notification) -> {
            Outgoing outgoing = notification.isEnabled() ? outgoing(provider, configuration, event) : null;
            byEvent.put(event, outgoing);
            if (outgoing != null) {
                events.computeIfAbsent(outgoing, unused -> new ArrayList<>()).add(event);
            }
        });
        refuseOverlaps(byEvent, names, errors);
        events.forEach((outgoing, types) -> compile(outgoing, types.get(0), configuration, errors));
        if (events.size() > MAX_PARTS) {
            errors.add(new FieldError(
                    ConfigurationReader.NOTIFICATIONS,
                    "Have %d different messages; there may be %d.".formatted(events.size(), MAX_PARTS)));
        }
        return new Plan(events.entrySet().stream()
                .map(part -> new Part(List.copyOf(part.getValue()), part.getKey()))
                .toList());
    }

    /** What is sent of an event of this type, whether or not the configuration is whole. */
    static Outgoing outgoing(Provider provider, Configuration configuration, @Nullable String event) {
        Notification own = event == null ? null : configuration.notifications().get(event);
        Map<String, String> values = new TreeMap<>();
        for (ConfigField field : provider.fields()) {
            if (field.defaultValue() != null) {
                values.put(field.name(), field.defaultValue());
            }
        }
        values.putAll(configuration.given().byName());
        if (own != null) {
            values.putAll(own.fields());
        }
        String template =
                own == null || own.messageTemplate() == null ? configuration.messageTemplate() : own.messageTemplate();
        String message = Objects.requireNonNullElse(template == null ? provider.defaultMessage() : template, "");
        return provider.composition()
                .compose(
                        new Values(values),
                        provider.message() == Provider.MessageKind.TEXT ? MessageText.of(message) : message);
    }

    /** The key of the notifications that an event of this type falls under, a name before a pattern; null for none. */
    static @Nullable String notificationOf(Configuration configuration, EventTypeNames names, String event) {
        if (configuration.notifications().containsKey(event)) {
            return event;
        }
        return configuration.notifications().keySet().stream()
                .filter(pattern -> covers(pattern, event, names))
                .findFirst()
                .orElse(null);
    }

    private static void compile(Outgoing outgoing, String event, Configuration configuration, List<FieldError> errors) {
        try {
            BodyTemplate.compile(outgoing.template());
        } catch (InvalidTemplateException e) {
            Notification own = configuration.notifications().get(event);
            boolean isOwn = own != null
                    && (own.messageTemplate() != null || !own.fields().isEmpty());
            errors.add(new FieldError(
                    isOwn
                            ? ConfigurationReader.place(event) + '.' + Notification.MESSAGE_TEMPLATE
                            : ConfigurationReader.MESSAGE_TEMPLATE,
                    e.reason()));
        }
    }

    /** Two webhooks that get the same event would say it twice, and a pattern has no exceptions. */
    private static void refuseOverlaps(
            Map<String, @Nullable Outgoing> byEvent, EventTypeNames names, List<FieldError> errors) {
        byEvent.forEach((event, outgoing) -> byEvent.forEach((pattern, other) -> {
            if (!event.equals(pattern) && covers(pattern, event, names) && !Objects.equals(outgoing, other)) {
                errors.add(new FieldError(
                        ConfigurationReader.place(event),
                        outgoing == null
                                ? "Cannot be false, since %s covers it; name the types that are wanted one by one."
                                        .formatted(pattern)
                                : "Cannot be told of otherwise than %s, which covers it: an event would be told of twice."
                                        .formatted(pattern)));
            }
        }));
    }

    private static boolean covers(String pattern, String event, EventTypeNames names) {
        return names.spellings(names.canonical(event)).stream()
                .anyMatch(spelling -> EventTypes.covers(pattern, spelling));
    }
}
