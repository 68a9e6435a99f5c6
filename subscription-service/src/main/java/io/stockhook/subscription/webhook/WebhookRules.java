package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypes;
import io.stockhook.events.RetryConditions;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.filter.EventFilter;
import io.stockhook.events.filter.FieldPath;
import io.stockhook.events.filter.InvalidFilterException;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.subscription.secret.SigningSecretRules;
import io.stockhook.subscription.tenant.PayloadFormat;
import io.stockhook.subscription.webhook.WebhookInheritance.Inherited;
import io.stockhook.web.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of a webhook that take more than a look at one value. Pure. */
final class WebhookRules {

    /** What a stored header value is shown as, and what keeps it when it is sent back. */
    static final String MASK = "***";

    /** What the name of a template of the tenant's stands after. */
    static final String TEMPLATE_REFERENCE = "@";

    private final AddressPolicy addresses;
    private final AuthRules authRules;

    WebhookRules(AddressPolicy addresses) {
        this.addresses = addresses;
        this.authRules = new AuthRules(addresses);
    }

    /** The rules of auths, on the same addresses. */
    AuthRules authRules() {
        return authRules;
    }

    /**
     * Everything that is wrong with a request.
     *
     * @param storedHeaders the names of the headers whose values are stored, and can be kept
     * @param storedAuth the auth that is stored, its secrets in clear, and can be kept; null for none
     * @param inherited what the webhook is to have from above
     * @param inheritsAuth whether neither the request nor the row has an auth
     */
    List<FieldError> check(
            WebhookRequest request,
            Set<String> storedHeaders,
            @Nullable WebhookAuth storedAuth,
            Inherited inherited,
            boolean inheritsAuth) {
        List<FieldError> errors = new ArrayList<>();
        String prefix = inherited.over(DeliveryPreferences.NONE).headerPrefix();
        checkUrl(request.url(), errors);
        checkEvents(request.events(), errors);
        checkHeaders(request, storedHeaders, prefix, errors);
        checkRetries(request.retryConfig(), errors);
        checkFilters(request.filters(), errors);
        checkTemplate(request, inherited.tenant().templates().keySet(), errors);
        checkMode(request, errors);
        checkAuth(request, storedHeaders, storedAuth, prefix, errors);
        if (inheritsAuth) {
            checkHeadersBeside(inherited.shownAuth(), request, storedHeaders, errors);
        }
        if (request.secret() != null) {
            SigningSecretRules.objection(request.secret())
                    .ifPresent(objection -> errors.add(new FieldError("secret", objection)));
        }
        return errors;
    }

    private void checkUrl(String url, List<FieldError> errors) {
        try {
            EndpointUrl.parse(url, addresses);
        } catch (EndpointUrl.RefusedUrlException e) {
            errors.add(new FieldError("url", e.reason()));
        }
    }

    private static void checkEvents(List<String> events, List<FieldError> errors) {
        for (int index = 0; index < events.size(); index++) {
            if (!EventTypes.isPattern(events.get(index))) {
                errors.add(new FieldError(
                        "events[%d]".formatted(index),
                        "Must be an event type such as product.created, a pattern such as product.*, or *."));
            }
        }
    }

    private static void checkHeaders(
            WebhookRequest request, Set<String> storedHeaders, String inheritedPrefix, List<FieldError> errors) {
        String prefix = request.headerPrefix() == null ? inheritedPrefix : request.headerPrefix();
        HeaderRules.objectionToPrefix(prefix)
                .ifPresent(objection -> errors.add(new FieldError("header_prefix", objection)));
        if (request.headers() == null) {
            for (String name : storedHeaders) {
                checkHeader(name, null, prefix, errors);
            }
            return;
        }
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> stored = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        stored.addAll(storedHeaders);
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            String name = header.getKey();
            boolean isKept = header.getValue().equals(MASK) && stored.contains(name);
            checkHeader(name, isKept ? null : header.getValue(), prefix, errors);
            if (!seen.add(name)) {
                errors.add(new FieldError("headers." + name, "Is there twice; header names have no case."));
            }
        }
    }

    /** @param value null for one that is stored already */
    private static void checkHeader(String name, @Nullable String value, String prefix, List<FieldError> errors) {
        HeaderRules.objectionToName(name, prefix)
                .ifPresent(objection -> errors.add(new FieldError("headers." + name, objection)));
        if (value == null) {
            return;
        }
        if (value.equals(MASK)) {
            errors.add(new FieldError("headers." + name, "There is no stored value that the mask could stand for."));
            return;
        }
        HeaderRules.objectionToValue(value)
                .ifPresent(objection -> errors.add(new FieldError("headers." + name, objection)));
    }

    private void checkAuth(
            WebhookRequest request,
            Set<String> storedHeaders,
            @Nullable WebhookAuth storedAuth,
            String inheritedPrefix,
            List<FieldError> errors) {
        WebhookAuth auth = request.auth() == null ? storedAuth : request.auth().unmasked(storedAuth);
        if (auth == null) {
            return;
        }
        String prefix = request.headerPrefix() == null ? inheritedPrefix : request.headerPrefix();
        if (request.auth() != null) {
            errors.addAll(authRules.check(auth, prefix));
        } else if (auth.header() != null) {
            HeaderRules.objectionToName(auth.header(), prefix)
                    .ifPresent(objection -> errors.add(new FieldError("auth.header", objection)));
        }
        checkHeadersBeside(auth, request, storedHeaders, errors);
    }

    private static void checkHeadersBeside(
            @Nullable WebhookAuth auth, WebhookRequest request, Set<String> storedHeaders, List<FieldError> errors) {
        if (auth == null) {
            return;
        }
        if (auth.type() == AuthType.MUTUAL_TLS && !request.url().regionMatches(true, 0, "https:", 0, 6)) {
            errors.add(new FieldError("auth.type", "A client certificate needs a url with https."));
        }
        Set<String> headers =
                request.headers() == null ? storedHeaders : request.headers().keySet();
        for (String name : headers) {
            if (AuthRules.headersOf(auth).stream().anyMatch(name::equalsIgnoreCase)) {
                errors.add(new FieldError(
                        "headers." + name,
                        "Is set by auth, which is of the type %s; leave out one of them."
                                .formatted(auth.type().wireName())));
            }
        }
    }

    private static void checkFilters(@Nullable ObjectNode filters, List<FieldError> errors) {
        String text = FilterText.of(filters);
        if (text == null) {
            return;
        }
        try {
            EventFilter.compile(text);
        } catch (InvalidFilterException e) {
            errors.add(new FieldError(e.place(), e.reason()));
        }
    }

    /** The name in {@code @name}, which no template of JSON begins like; empty for a template of the webhook's own. */
    static Optional<String> templateName(@Nullable String template) {
        return template == null || !template.startsWith(TEMPLATE_REFERENCE)
                ? Optional.empty()
                : Optional.of(template.substring(TEMPLATE_REFERENCE.length()));
    }

    /** Whether a template compiles is asked of it where it is. */
    static void checkTemplateText(String field, String template, List<FieldError> errors) {
        try {
            BodyTemplate.compile(template);
        } catch (InvalidTemplateException e) {
            errors.add(new FieldError(field, e.reason()));
        }
    }

    private static void checkTemplate(WebhookRequest request, Set<String> named, List<FieldError> errors) {
        if (request.template() == null) {
            if (request.payloadFormat() == PayloadFormat.TEMPLATE) {
                errors.add(new FieldError("template", "Is needed for payload_format template."));
            }
            return;
        }
        Optional<String> name = templateName(request.template());
        if (name.isEmpty()) {
            checkTemplateText("template", request.template(), errors);
        } else if (!named.contains(name.get())) {
            errors.add(
                    new FieldError("template", "The tenant's settings have no template '%s'.".formatted(name.get())));
        }
    }

    private static void checkMode(WebhookRequest request, List<FieldError> errors) {
        DeliveryMode mode = request.mode();
        if (mode == null) {
            return;
        }
        for (String field : mode.foreignFields()) {
            errors.add(new FieldError(
                    "mode." + field,
                    "Means nothing to the type %s; leave it out."
                            .formatted(mode.type().wireName())));
        }
        if (mode.orderingKey() != null) {
            FieldPath.objection(mode.orderingKey())
                    .ifPresent(objection -> errors.add(new FieldError("mode.ordering_key", objection)));
        }
        if (mode.type() == DeliveryMode.Type.ORDERED) {
            if (request.parallelism() != null && request.parallelism() > 1) {
                errors.add(new FieldError(
                        "parallelism", "Must be 1 where the mode is ordered: only one owner can keep an order."));
            }
            if (request.delay() != null && request.delay() > 0) {
                errors.add(new FieldError(
                        "delay", "Must be 0 where the mode is ordered: what waits for its time keeps no order."));
            }
        }
    }

    static void checkRetries(@Nullable RetryConfig retries, List<FieldError> errors) {
        if (retries == null) {
            return;
        }
        Long first = retries.firstDelay();
        if (retries.schedule() != null) {
            refuseBesideSchedule("max_retries", retries.maxRetries(), errors);
            refuseBesideSchedule("retry_delay", retries.retryDelay(), errors);
            refuseBesideSchedule("backoff_multiplier", retries.backoffMultiplier(), errors);
            refuseBesideSchedule("max_delay", retries.maxDelay(), errors);
        } else if (retries.maxDelay() != null && first != null && retries.maxDelay() < first) {
            errors.add(new FieldError(
                    "retry_config.max_delay",
                    "Must not be shorter than retry_delay, which is %d ms.".formatted(first)));
        }
        if (retries.maxDuration() != null && first != null && retries.maxDuration() <= first) {
            errors.add(new FieldError(
                    "retry_config.max_duration",
                    "Must be longer than the first delay, which is %d ms: no retry could be made.".formatted(first)));
        }
        checkRetryOn(retries.retryOn() == null ? List.of() : retries.retryOn(), errors);
    }

    private static void refuseBesideSchedule(String field, @Nullable Object value, List<FieldError> errors) {
        if (value != null) {
            errors.add(
                    new FieldError(
                            "retry_config." + field,
                            "Cannot stand beside schedule, which lists every delay; leave one of the two out, or set it to null."));
        }
    }

    private static void checkRetryOn(List<String> conditions, List<FieldError> errors) {
        for (int index = 0; index < conditions.size(); index++) {
            if (!RetryConditions.isCondition(conditions.get(index))) {
                errors.add(new FieldError(
                        "retry_config.retry_on[%d]".formatted(index),
                        "Must be a status of 300 to 599 other than 410, a class (3xx, 4xx, 5xx), or one of %s."
                                .formatted(String.join(", ", new TreeSet<>(RetryConditions.ERROR_CLASSES)))));
            }
        }
    }
}
