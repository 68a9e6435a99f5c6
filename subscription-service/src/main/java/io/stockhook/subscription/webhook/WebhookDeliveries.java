package io.stockhook.subscription.webhook;

import io.stockhook.subscription.eventtype.SubscribableTypes;
import io.stockhook.web.paging.PageQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** A webhook's part of what delivery-service knows. That it is the tenant's is seen to here, everything else there. */
@ApplicationScoped
class WebhookDeliveries {

    private static final String CURSOR = "cursor";
    private static final Pattern NEXT = Pattern.compile("[?&]cursor=([^&>]+)");

    private final WebhookService webhooks;
    private final DeliveryService deliveries;
    private final DeliveryTests tests;
    private final SubscribableTypes types;

    WebhookDeliveries(
            WebhookService webhooks,
            @RestClient DeliveryService deliveries,
            @RestClient DeliveryTests tests,
            SubscribableTypes types) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.tests = tests;
        this.types = types;
    }

    /** A page of the webhook's deliveries. */
    Response deliveries(
            String tenantId, String id, DeliveryListQuery filter, PageQuery page, Credentials caller, UriInfo uri) {
        Map<String, String> query = listQuery(tenantId, id, filter, page);
        return linked(Relay.of(() -> deliveries.list(caller.authorization(), caller.address(), query)), uri);
    }

    /** The same with payloads and responses. */
    Response logs(
            String tenantId, String id, DeliveryListQuery filter, PageQuery page, Credentials caller, UriInfo uri) {
        Map<String, String> query = listQuery(tenantId, id, filter, page);
        return linked(Relay.of(() -> deliveries.logs(caller.authorization(), caller.address(), query)), uri);
    }

    /** The webhook's statistics. */
    Response stats(String tenantId, String id, StatisticsQuery asked, Credentials caller) {
        webhooks.get(tenantId, id);
        Map<String, String> query = asked.given();
        query.put("webhook_id", id);
        return Relay.of(() -> deliveries.stats(caller.authorization(), caller.address(), query))
                .linked(null);
    }

    /** Sends the webhook a sample and waits for what comes of it. */
    Response test(String tenantId, String id, TestRequest request, Credentials caller) {
        WebhookView webhook = webhooks.get(tenantId, id);
        DeliveryTests.Sample sample = TestSample.of(webhook, request, event -> types.exampleOf(tenantId, event));
        return Relay.of(() -> tests.send(caller.authorization(), caller.address(), sample))
                .linked(null);
    }

    private Map<String, String> listQuery(String tenantId, String id, DeliveryListQuery filter, PageQuery page) {
        webhooks.get(tenantId, id);
        Map<String, String> query = filter.given();
        query.put("webhook_id", id);
        query.put("limit", Integer.toString(page.limit()));
        Queries.put(query, CURSOR, page.rawCursor());
        return query;
    }

    /** The next page is at the path that was asked for, not at delivery-service's. */
    private static Response linked(Relay.Answer answer, UriInfo uri) {
        return answer.linked(nextLink(answer.link(), uri));
    }

    private static @Nullable String nextLink(@Nullable String link, UriInfo uri) {
        Matcher cursor = NEXT.matcher(link == null ? "" : link);
        if (!cursor.find()) {
            return null;
        }
        // A cursor is base64url, of which a query needs nothing escaped.
        URI next = uri.getRequestUriBuilder()
                .replaceQueryParam(CURSOR, cursor.group(1))
                .build();
        return "<%s?%s>; rel=\"next\"".formatted(next.getRawPath(), next.getRawQuery());
    }
}
