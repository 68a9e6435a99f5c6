package io.stockhook.subscription.integration;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The test sends of delivery-service. A client of its own, because a provider may take half a minute to answer. */
@Path("/api/v1/deliveries/test")
@RegisterRestClient(configKey = "delivery-tests")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface DeliveryTrial {

    /**
     * A sample for a webhook.
     *
     * @param version of the webhook, which delivery-service may not know yet
     * @param event the event type it is sent as
     * @param payload its data
     */
    record Sample(String webhookId, long version, String event, JsonNode payload) {}

    /** The answer to a test send. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(Result testResult) {}

    /** What came of a test send; null is what it has not come to, times are milliseconds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(
            String status,
            @Nullable String bodySent,
            @Nullable Integer responseCode,
            long responseTime,
            @Nullable String responseBody,
            @Nullable String error,
            @Nullable String errorMessage,
            Instant timestamp) {}

    /** Sends a sample and answers with what came of it. */
    @POST
    Answer send(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(DeliveryActivity.FORWARDED_FOR) String forwardedFor,
            Sample sample);
}
