package io.stockhook.subscription.webhook;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The figures of delivery-service. A client of its own, because lists of webhooks wait for them for a second at the most. */
@Path("/api/v1/deliveries/figures")
@RegisterRestClient(configKey = "delivery-figures")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface DeliveryFigures {

    /**
     * Which figures are asked for.
     *
     * @param webhookIds 200 at the most
     * @param summary whether those of all of the tenant's webhooks are asked for as well
     */
    record Query(List<String> webhookIds, boolean summary) {}

    /** The figures of these webhooks. */
    @POST
    Figures of(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(DeliveryService.FORWARDED_FOR) String forwardedFor,
            Query query);
}
