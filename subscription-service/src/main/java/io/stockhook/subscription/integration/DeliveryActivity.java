package io.stockhook.subscription.integration;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What delivery-service knows of an integration's webhooks. What a newer version of it tells beside that is passed over. */
@Path("/api/v1/deliveries")
@RegisterRestClient(configKey = "delivery-figures")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface DeliveryActivity {

    /** The header that says where a request comes from that somebody passes on. */
    String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * Which figures are asked for.
     *
     * @param webhookIds 200 at the most
     * @param summary whether those of all of the tenant's webhooks are asked for as well
     */
    record Query(List<String> webhookIds, boolean summary) {}

    /** Figures of webhooks. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Figures(List<OfWebhook> items) {}

    /** The figures of one webhook; when something last came of an event is null if nothing did yet. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfWebhook(
            String webhookId,
            long successfulDeliveries,
            long failedDeliveries,
            @Nullable Instant lastTriggered) {}

    /** The newest deliveries of a webhook. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Log(List<Entry> items) {}

    /** A delivery: null is what it has not come to. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(
            String id,
            String event,
            String status,
            @Nullable String reason,
            @Nullable Integer responseCode,
            Instant timestamp,
            @Nullable String responseBody,
            @Nullable String errorMessage) {}

    /** The figures of these webhooks. */
    @POST
    @Path("/figures")
    Figures figures(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            Query query);

    /** The newest deliveries of a webhook, the newest first. */
    @GET
    @Path("/logs")
    Log log(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            @QueryParam("webhook_id") String webhookId,
            @QueryParam("limit") int limit);
}
