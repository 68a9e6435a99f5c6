package io.stockhook.delivery.query;

import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Statistics of the tenant's deliveries. */
@Path("/api/v1/deliveries/stats")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Tag(name = "Deliveries", description = "What was delivered, what was not, and why.")
public class StatisticsResource {

    private final StatisticsQueries statistics;
    private final Caller caller;
    private final EventTypeFeed types;

    StatisticsResource(StatisticsQueries statistics, Caller caller, EventTypeFeed types) {
        this.statistics = statistics;
        this.caller = caller;
        this.types = types;
    }

    @GET
    @Operation(
            operationId = "getDeliveryStatistics",
            summary = "Get statistics of deliveries",
            description =
                    "A delivery counts at its event's time under the state it is in now, an attempt at its own time.")
    @APIResponse(responseCode = "200", description = "The statistics.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public StatisticsView get(@BeanParam StatisticsFilter filter) {
        return statistics.ofTenant(
                caller.tenantId(),
                filter.webhooks(),
                filter.event() == null ? null : FilterValues.eventType("event", filter.event(), types.names()),
                filter.period(Instant.now()));
    }
}
