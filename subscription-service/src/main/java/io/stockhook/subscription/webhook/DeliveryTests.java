package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** The test sends of delivery-service. A client of its own, because an endpoint may take half a minute to answer. */
@Path("/api/v1/deliveries/test")
@RegisterRestClient(configKey = "delivery-tests")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface DeliveryTests {

    /**
     * A sample for a webhook.
     *
     * @param version of the webhook, which delivery-service may not know yet
     * @param event the event type it is sent as
     * @param payload its data
     */
    record Sample(String webhookId, long version, String event, JsonNode payload) {}

    /** Sends a sample and answers with what came of it, as JSON. */
    @POST
    RestResponse<InputStream> send(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(DeliveryService.FORWARDED_FOR) String forwardedFor,
            Sample sample);
}
