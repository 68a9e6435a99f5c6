package io.stockhook.subscription.subscriber;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What delivery-service has counted, asked on behalf of a caller and with its credentials: the other side judges what it may see. */
@Path("/api/v1/deliveries/stats")
@RegisterRestClient(configKey = "delivery-service")
@Produces(MediaType.APPLICATION_JSON)
interface DeliveryFigures {

    /** The header that says where a request comes from that somebody passes on. */
    String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * The deliveries of these webhooks together, by day.
     *
     * @param forwardedFor the caller's address, against which its key's ranges are held
     * @param webhookIds at most 50
     * @param startDate the first day, in UTC
     * @param endDate the last day, in UTC
     */
    @GET
    Figures byDay(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            @QueryParam("webhook_id") List<String> webhookIds,
            @QueryParam("start_date") String startDate,
            @QueryParam("end_date") String endDate,
            @QueryParam("group_by") String groupBy);
}
