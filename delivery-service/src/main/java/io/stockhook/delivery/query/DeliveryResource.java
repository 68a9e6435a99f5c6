package io.stockhook.delivery.query;

import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tenant's deliveries. */
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Tag(name = "Deliveries", description = "What was delivered, what was not, and why.")
public class DeliveryResource {

    private static final String STATUS = "status";

    private final DeliveryQueries deliveries;
    private final DeliveryCounts counts;
    private final LogEntryQueries entries;
    private final Caller caller;
    private final EventTypeFeed types;

    DeliveryResource(
            DeliveryQueries deliveries,
            DeliveryCounts counts,
            LogEntryQueries entries,
            Caller caller,
            EventTypeFeed types) {
        this.deliveries = deliveries;
        this.counts = counts;
        this.entries = entries;
        this.caller = caller;
        this.types = types;
    }

    @GET
    @Operation(
            operationId = "listDeliveries",
            summary = "List deliveries",
            description =
                    "The deliveries for which all filters hold, newest event first. The first page says how many there are"
                            + " and how they stand.")
    @APIResponse(responseCode = "200", description = "A page of deliveries.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public DeliveryPage<DeliveryView> list(
            @BeanParam DeliveryFilter filter,
            @QueryParam(STATUS)
                    @Parameter(
                            description =
                                    "Where the delivery stands; `success` for delivered, `failed` for retrying and dead.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "scheduled",
                                                "delivered",
                                                "retrying",
                                                "dead",
                                                "held",
                                                "dropped",
                                                "awaiting_confirmation",
                                                "success",
                                                "failed"
                                            }),
                            example = "retrying")
                    @Nullable
                    String status,
            @BeanParam PageQuery page) {
        return page(filter, status == null ? null : StatusFilter.of(status), page);
    }

    @GET
    @Path("/logs")
    @Operation(
            operationId = "listDeliveryLogs",
            summary = "List deliveries with what was sent and answered",
            description = "The same list, each delivery with its event's data and the last response's body.")
    @APIResponse(responseCode = "200", description = "A page of deliveries.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public DeliveryPage<LogEntryView> logs(
            @BeanParam DeliveryFilter filter,
            @QueryParam(STATUS)
                    @Parameter(
                            description =
                                    "Where the delivery stands; `success` for delivered, `failed` for retrying and dead.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "scheduled",
                                                "delivered",
                                                "retrying",
                                                "dead",
                                                "held",
                                                "dropped",
                                                "awaiting_confirmation",
                                                "success",
                                                "failed"
                                            }),
                            example = "retrying")
                    @Nullable
                    String status,
            @BeanParam PageQuery page) {
        DeliveryPage<DeliveryView> listed = page(filter, status == null ? null : StatusFilter.of(status), page);
        return new DeliveryPage<>(
                entries.ofTenant(caller.tenantId(), listed.items()), listed.next(), listed.total(), listed.summary());
    }

    @GET
    @Path("/failed")
    @Operation(
            operationId = "listFailedDeliveries",
            summary = "List failed deliveries",
            description =
                    "Deliveries whose last attempt failed: those that are tried again and those that are dead letters.")
    @APIResponse(responseCode = "200", description = "A page of deliveries.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public DeliveryPage<DeliveryView> failed(@BeanParam DeliveryFilter filter, @BeanParam PageQuery page) {
        return page(filter, StatusFilter.FAILED, page);
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getDelivery",
            summary = "Get a delivery",
            description = "A delivery with its attempts, their responses, and the event's data.")
    @APIResponse(responseCode = "200", description = "The delivery.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public DeliveryDetail get(
            @PathParam("id")
                    @Parameter(description = "The delivery's id.", example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
                    String id) {
        return deliveries.findOfTenant(caller.tenantId(), id).orElseThrow(() -> Problems.notFound("delivery", id));
    }

    private DeliveryPage<DeliveryView> page(DeliveryFilter filter, @Nullable StatusFilter status, PageQuery page) {
        Conditions conditions = filter.conditions(caller.tenantId(), types.names());
        if (status != null) {
            conditions.and(status.condition());
        }
        List<DeliveryView> rows = deliveries.listOfTenant(conditions, page);
        return DeliveryPage.of(
                Page.of(rows, page, DeliveryView::id),
                page.after().isPresent() ? null : counts.ofTenant(caller.tenantId(), filter, status));
    }
}
