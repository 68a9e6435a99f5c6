package io.stockhook.subscription.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.EventAttributes;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.events.template.RenderingException;
import io.stockhook.subscription.eventtype.SubscribableTypes;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.IntegrationService.Configured;
import io.stockhook.subscription.webhook.WebhookView;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Shows what an integration would send of an event, and sends it to see what the provider says. */
@ApplicationScoped
class IntegrationTrials {

    private static final Logger LOG = Logger.getLogger(IntegrationTrials.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String SUBJECT = "sample-1";
    private static final String DEFAULT_EVENT = "order.created";
    private static final String BELOW = ".*";
    private static final int TOO_MANY_REQUESTS = 429;

    private final IntegrationService integrations;
    private final SamplePayloads samples;
    private final DeliveryTrial trials;
    private final SubscribableTypes types;
    private final ObjectMapper json;

    IntegrationTrials(
            IntegrationService integrations,
            SamplePayloads samples,
            @RestClient DeliveryTrial trials,
            SubscribableTypes types,
            ObjectMapper json) {
        this.integrations = integrations;
        this.samples = samples;
        this.trials = trials;
        this.types = types;
        this.json = json;
    }

    /**
     * What would be sent.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if the configuration or the event is wrong, or they make no body
     */
    PreviewView preview(String tenantId, String name, SampleRequest request) {
        Configured configured = request.config() == null
                ? integrations.configured(tenantId, name)
                : integrations.imagined(tenantId, name, request.config());
        Provider provider = configured.provider();
        Configuration configuration = completed(provider, configured.configuration());
        String event = event(configuration, request);
        String key = Plan.notificationOf(configuration, types.names(), event);
        Notification notification =
                key == null ? null : configuration.notifications().get(key);
        Outgoing outgoing = Plan.outgoing(provider, configuration, key);
        byte[] body = rendered(outgoing, event, payload(tenantId, event, request));
        Masks masks = Masks.of(provider, configuration);
        return new PreviewView(
                event,
                notification != null && notification.isEnabled(),
                "POST",
                masks.apply(outgoing.url()),
                "application/json",
                masks.apply(new String(body, StandardCharsets.UTF_8)),
                provider.tooLong(read(body), body.length));
    }

    /**
     * Sends a sample by the webhook that would send an event of its type.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if the event is wrong or none that is sent, 409 if nothing is configured, 429
     *     if too many tests are under way, 503 if delivery-service is away
     */
    TestView test(String tenantId, String name, SampleRequest request, Credentials caller) {
        if (request.config() != null) {
            throw Problems.badField("config", "A test is of what is configured; leave it out, or ask for a preview.");
        }
        Configured configured = integrations.configured(tenantId, name);
        Provider provider = configured.provider();
        if (configured.webhooks().isEmpty()) {
            throw Problems.conflict(
                    "The integration %1$s is not configured; POST /api/v1/integrations/%1$s/configure first."
                            .formatted(name));
        }
        String event = event(configured.configuration(), request);
        WebhookView webhook = webhookOf(configured, event);
        DeliveryTrial.Result result = send(
                new DeliveryTrial.Sample(webhook.id(), webhook.version(), event, payload(tenantId, event, request)),
                caller);
        Masks masks = Masks.of(provider, configured.configuration());
        String objection = result.responseCode() == null
                ? result.errorMessage()
                : provider.acceptance()
                        .objection(result.responseCode(), result.responseBody() == null ? "" : result.responseBody());
        boolean isSuccess = result.responseCode() != null && objection == null;
        return new TestView(new TestView.Result(
                isSuccess ? "success" : "failed",
                isSuccess
                        ? "%s took it.".formatted(provider.displayName())
                        : masks.apply(objection == null ? "Nothing was sent." : objection),
                event,
                webhook.id(),
                masked(masks, result.bodySent()),
                result.responseCode(),
                masked(masks, result.responseBody()),
                result.responseTime(),
                result.error(),
                result.timestamp()));
    }

    private DeliveryTrial.Result send(DeliveryTrial.Sample sample, Credentials caller) {
        try {
            return trials.send(caller.authorization(), caller.address(), sample).testResult();
        } catch (WebApplicationException e) {
            int status = e.getResponse().getStatus();
            LOG.warnf("delivery-service does not send a test: status=%d", status);
            throw switch (status) {
                case 401, 403 -> Problems.forbidden("delivery-service does not let this caller.");
                case 413 -> Problems.tooLarge("payload", "Is longer than an event may be.");
                case TOO_MANY_REQUESTS -> Problems.unavailable("Too many tests are under way.", RETRY_AFTER);
                default -> Problems.unavailable("delivery-service cannot send a test now.", RETRY_AFTER);
            };
        } catch (ProcessingException e) {
            LOG.warnf("delivery-service does not answer: %s", e.getMessage());
            throw Problems.unavailable("delivery-service does not answer; nothing was sent.", RETRY_AFTER);
        }
    }

    private WebhookView webhookOf(Configured configured, String event) {
        String key = Plan.notificationOf(configured.configuration(), types.names(), event);
        return configured.webhooks().stream()
                .filter(webhook -> key != null && webhook.events().contains(key))
                .findFirst()
                .orElseThrow(() -> Problems.badField(
                        "event", "Is none that the integration is configured to send; add it to its notifications."));
    }

    /** With something in the place of what is missing, so that a preview needs no secret. */
    private static Configuration completed(Provider provider, Configuration configuration) {
        Map<String, String> missing = new TreeMap<>();
        for (ConfigField field : provider.fields()) {
            if (field.required() && configuration.given().find(field.name()) == null) {
                missing.put(field.name(), field.example());
            }
        }
        return configuration.with(configuration.given().with(missing));
    }

    private static String event(Configuration configuration, SampleRequest request) {
        if (request.event() == null) {
            return suggested(configuration);
        }
        if (!EventTypes.isName(request.event())) {
            throw Problems.badField("event", "Must be the name of an event type, order.created for example.");
        }
        return request.event();
    }

    /** The first type that is sent, or one below the first pattern. */
    private static String suggested(Configuration configuration) {
        List<String> sent = configuration.notifications().entrySet().stream()
                .filter(entry -> entry.getValue().isEnabled())
                .map(Map.Entry::getKey)
                .toList();
        return sent.stream()
                .filter(EventTypes::isName)
                .findFirst()
                .or(() -> sent.stream()
                        .filter(pattern -> pattern.endsWith(BELOW))
                        .map(pattern -> pattern.substring(0, pattern.length() - 1) + "test")
                        .findFirst())
                .orElse(DEFAULT_EVENT);
    }

    private JsonNode payload(String tenantId, String event, SampleRequest request) {
        // One that is left out is read as a null of JSON.
        JsonNode given = request.payload();
        return given == null || given.isNull() ? samples.of(tenantId, event) : given;
    }

    private byte[] rendered(Outgoing outgoing, String event, JsonNode payload) {
        try {
            byte[] data = json.writeValueAsBytes(payload);
            if (data.length > Topics.MAX_EVENT_BYTES) {
                throw Problems.tooLarge("payload", "Must be at most %d bytes.".formatted(Topics.MAX_EVENT_BYTES));
            }
            return BodyTemplate.compile(outgoing.template())
                    .render(
                            new EventAttributes(
                                    Ids.next(Ids.Kind.EVENT),
                                    event,
                                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                                    "/sample",
                                    SUBJECT),
                            data);
        } catch (InvalidTemplateException e) {
            throw Problems.badField("config.message_template", e.reason());
        } catch (RenderingException e) {
            throw Problems.badField("payload", "Gives no body: %s.".formatted(e.getMessage()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("what a template has rendered is JSON", e);
        }
    }

    private static @Nullable String masked(Masks masks, @Nullable String text) {
        return text == null ? null : masks.apply(text);
    }
}
