package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What this service asks of delivery-service, on behalf of a caller and with its credentials: the other side judges for itself what it may.
 */
@Path("/api/v1/deliveries")
@RegisterRestClient(configKey = "delivery-service")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface DeliveryService {

    /** The header that says where a request comes from that somebody passes on. */
    String FORWARDED_FOR = "X-Forwarded-For";

    /** A list of deliveries, as JSON. */
    @GET
    RestResponse<InputStream> list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            @RestQuery Map<String, String> query);

    /** The same list with payloads and responses, as JSON. */
    @GET
    @Path("/logs")
    RestResponse<InputStream> logs(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            @RestQuery Map<String, String> query);

    /** Statistics, as JSON. */
    @GET
    @Path("/stats")
    RestResponse<InputStream> stats(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            @RestQuery Map<String, String> query);

    /**
     * Begins to deliver once more what is selected, as a job.
     *
     * @param forwardedFor the caller's address, against which its key's {@code allowed_cidrs} are held
     */
    @POST
    @Path("/bulk-retry")
    RestResponse<JsonNode> bulkRetry(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(FORWARDED_FOR) String forwardedFor,
            RecoverySelection selection);
}
