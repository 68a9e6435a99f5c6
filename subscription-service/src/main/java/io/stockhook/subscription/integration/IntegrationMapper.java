package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.SecretBox;
import io.stockhook.subscription.integration.Plan.Part;
import io.stockhook.subscription.webhook.ManagedWebhook;
import io.stockhook.subscription.webhook.WebhookView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between an integration's row, its webhooks, and what is shown of them. Secrets enter encrypted, bound to their integration. */
@ApplicationScoped
class IntegrationMapper {

    private static final int MINUTE = 1;
    /** What of a failure may be another the next time: a message that was refused as it is would be again. */
    private static final List<String> RETRIED = List.of(
            "408",
            "425",
            "429",
            "5xx",
            "timeout",
            "connection_error",
            "connection_reset",
            "dns_error",
            "tls_error",
            "address_refused",
            "protocol_error");

    private final SecretBox secrets;

    IntegrationMapper(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** Writes a checked configuration over a row. */
    void apply(Provider provider, Configuration configuration, Integration integration) {
        Map<String, String> shown = new TreeMap<>();
        Map<String, String> encrypted = new TreeMap<>();
        configuration.given().byName().forEach((name, value) -> {
            if (provider.field(name).map(ConfigField::secret).orElse(false)) {
                encrypted.put(name, secrets.encrypt(value, owner(integration)));
            } else {
                shown.put(name, value);
            }
        });
        integration.config = shown;
        integration.secrets = encrypted;
        integration.notifications = configuration.notifications();
        integration.messageTemplate = configuration.messageTemplate();
    }

    /**
     * Wraps the secrets of a row with the current master key.
     *
     * @return whether any was not yet
     */
    boolean reseal(Integration integration) {
        if (integration.secrets.values().stream().allMatch(secrets::isCurrent)) {
            return false;
        }
        Map<String, String> rewrapped = new TreeMap<>();
        integration.secrets.forEach((name, text) -> rewrapped.put(name, secrets.rewrap(text, owner(integration))));
        integration.secrets = rewrapped;
        return true;
    }

    /** The configuration that a row holds; a secret that cannot be decrypted any more is as if it had never been given. */
    Configuration configuration(Integration integration, boolean isActive) {
        Map<String, String> given = new TreeMap<>(integration.config);
        integration.secrets.forEach((name, encrypted) -> {
            try {
                given.put(name, secrets.decryptText(encrypted, owner(integration)));
            } catch (SecretBox.SecretUnreadableException e) {
                // Whoever sends a mask is told that nothing is stored; whoever sends the secret anew is helped.
                given.remove(name);
            }
        });
        return new Configuration(
                new Values(given), new TreeMap<>(integration.notifications), integration.messageTemplate, isActive);
    }

    /** The webhook for a part of a plan. */
    ManagedWebhook webhook(Provider provider, Configuration configuration, Part part, int parts) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("name", provider.displayName())
                .put("description", "Kept by the integration %s.".formatted(provider.name()))
                .put("url", part.outgoing().url())
                .put("payload_format", "template")
                .put("template", part.outgoing().template())
                .put("is_active", configuration.isActive())
                .put("max_in_flight", Math.max(1, provider.maxInFlight() / parts));
        part.events().forEach(request.putArray("events")::add);
        RETRIED.forEach(request.putObject("retry_config").putArray("retry_on")::add);
        if (provider.perMinute() != null) {
            // The provider counts all of them together.
            request.putObject("rate_limit")
                    .put("limit", Math.max(MINUTE, provider.perMinute() / parts))
                    .put("per", "minute");
        }
        if (!part.outgoing().auth().isEmpty()) {
            ObjectNode auth = request.putObject("auth");
            part.outgoing().auth().forEach(auth::put);
        }
        Masks masks = Masks.of(provider, configuration);
        return new ManagedWebhook(
                provider.name(),
                request,
                new ManagedWebhook.Shown(
                        masks.apply(part.outgoing().url()),
                        masks.apply(part.outgoing().template())));
    }

    /** @param integration null if nothing is configured */
    IntegrationView view(Provider provider, @Nullable Integration integration, List<WebhookView> webhooks) {
        return new IntegrationView(
                provider.name(),
                provider.displayName(),
                provider.description(),
                provider.category(),
                provider.docsUrl(),
                status(integration, webhooks),
                disabledReason(webhooks),
                true,
                integration != null,
                provider.fields(),
                provider.defaultMessage(),
                integration == null ? null : config(provider, integration, isActive(webhooks)),
                webhooks.stream().map(WebhookView::id).toList(),
                integration == null ? 0 : integration.version,
                integration == null ? null : integration.createdAt,
                integration == null ? null : integration.updatedAt);
    }

    /** Whether any of an integration's webhooks gets anything. */
    static boolean isActive(List<WebhookView> webhooks) {
        return webhooks.stream().anyMatch(WebhookView::isActive);
    }

    private static IntegrationStatus status(@Nullable Integration integration, List<WebhookView> webhooks) {
        if (integration == null) {
            return IntegrationStatus.AVAILABLE;
        }
        if (disabledReason(webhooks) != null) {
            return IntegrationStatus.ERROR;
        }
        return isActive(webhooks) ? IntegrationStatus.CONNECTED : IntegrationStatus.DISABLED;
    }

    private static @Nullable String disabledReason(List<WebhookView> webhooks) {
        return webhooks.stream()
                .map(WebhookView::disabledReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static ObjectNode config(Provider provider, Integration integration, boolean isActive) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        for (ConfigField field : provider.fields()) {
            if (integration.secrets.containsKey(field.name())) {
                config.put(field.name(), ConfigurationReader.MASK);
            } else if (integration.config.containsKey(field.name())) {
                config.put(field.name(), integration.config.get(field.name()));
            }
        }
        ObjectNode notifications = config.putObject(ConfigurationReader.NOTIFICATIONS);
        new TreeMap<>(integration.notifications)
                .forEach((event, notification) -> put(notifications, event, notification));
        if (integration.messageTemplate != null) {
            config.put(ConfigurationReader.MESSAGE_TEMPLATE, integration.messageTemplate);
        }
        return config.put(ConfigurationReader.IS_ACTIVE, isActive);
    }

    private static void put(ObjectNode notifications, String event, Notification notification) {
        if (notification.messageTemplate() == null && notification.fields().isEmpty()) {
            notifications.put(event, notification.isEnabled());
            return;
        }
        ObjectNode own = notifications.putObject(event).put(Notification.ENABLED, notification.isEnabled());
        if (notification.messageTemplate() != null) {
            own.put(Notification.MESSAGE_TEMPLATE, notification.messageTemplate());
        }
        new TreeMap<>(notification.fields()).forEach(own::put);
    }

    private static String owner(Integration integration) {
        return "integration:" + integration.id;
    }
}
