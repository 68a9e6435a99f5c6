package io.stockhook.subscription.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.OptionalBody;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/security/audit}: an owner's own tenant's trail; everyone's for the platform's admin. */
@Path("/api/v1/security/audit")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Security", description = "Who did what, and with which keys.")
@RolesAllowed({Roles.ADMIN, Roles.OWNER})
public class AuditResource {

    private static final String NDJSON = "ndjson";
    private static final String CSV = "csv";

    private final AuditService audit;
    private final Caller caller;
    private final ObjectMapper json;

    AuditResource(AuditService audit, Caller caller, ObjectMapper json) {
        this.audit = audit;
        this.caller = caller;
        this.json = json;
    }

    /** The filters, shared by the list and the export. */
    public static final class Filters {
        @QueryParam("tenant_id")
        @Parameter(
                description = "Whose trail; for the platform's admin.",
                example = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String tenantId;

        @QueryParam("actor")
        @Parameter(description = "Only what this one did.", example = "key_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String actor;

        @QueryParam("action")
        @Parameter(description = "Only this action, or all that begin alike.", example = "webhook.*")
        @Nullable
        String action;

        @QueryParam("target")
        @Parameter(description = "Only what was done to this.", example = "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String target;

        @QueryParam("from")
        @Parameter(description = "From when on.", example = "2026-01-01T00:00:00Z")
        @Nullable
        Instant from;

        @QueryParam("to")
        @Parameter(description = "Until before when.", example = "2026-02-01T00:00:00Z")
        @Nullable
        Instant to;
    }

    @GET
    @Operation(
            summary = "List what was done",
            description =
                    "Changes and security events, the newest first, with what was before and after. Secrets are `***`.")
    public Page<AuditEntryView> list(@BeanParam Filters filters, @BeanParam PageQuery query) {
        Long before = query.after(AuditResource::position).map(Long::valueOf).orElse(null);
        var rows = audit.list(filter(filters), before, query.fetchSize());
        return Page.of(rows, query, row -> String.valueOf(row.id()), AuditEntryView::of, null);
    }

    @GET
    @Path("/export")
    @Produces({"application/x-ndjson", "text/csv"})
    @Operation(
            summary = "Export what was done",
            description =
                    "The same as the list, all of it, as a stream: a JSON object in each line, or CSV with a header.")
    @APIResponse(
            responseCode = "200",
            description = "The entries, the newest first.",
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = AuditEntryView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    public Response export(
            @BeanParam Filters filters,
            @Parameter(description = "The form, `ndjson` if left out.", schema = @Schema(enumeration = {NDJSON, CSV}))
                    @QueryParam("format")
                    @Nullable
                    String format) {
        boolean isCsv = CSV.equals(format);
        if (format != null && !isCsv && !format.equals(NDJSON)) {
            throw Problems.badField("format", "Must be ndjson or csv.");
        }
        AuditFilter filter = filter(filters);
        StreamingOutput body = out -> {
            try (var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                if (isCsv) {
                    writeLine(writer, AuditCsv.HEADER);
                }
                Function<AuditEntryView, String> line = isCsv ? AuditCsv::line : this::jsonLine;
                audit.export(filter, entry -> writeLine(writer, line.apply(AuditEntryView.of(entry))));
            }
        };
        return Response.ok(body, isCsv ? "text/csv" : "application/x-ndjson")
                .header("Content-Disposition", "attachment; filename=\"audit.%s\"".formatted(isCsv ? CSV : NDJSON))
                .build();
    }

    @POST
    @Path("/verify")
    @Operation(
            summary = "Verify the trail",
            description =
                    "Recomputes every hash from the first entry on and names the first broken link. The head of an earlier"
                            + " verification, kept elsewhere, shows whether the end was cut off as well.")
    @APIResponse(
            responseCode = "200",
            description = "Whether it holds, and where not.",
            content = @Content(schema = @Schema(implementation = AuditVerification.class)))
    public AuditVerification verify(@OptionalBody @Valid @Nullable VerifyRequest request) {
        VerifyRequest asked = request == null ? VerifyRequest.DEFAULT : request;
        Optional<String> tenant = scope(asked.tenantId());
        if (tenant.isEmpty() && asked.head() != null) {
            throw Problems.badField("tenant_id", "Say whose chain the head is of.");
        }
        return audit.verify(tenant, asked.head());
    }

    private AuditFilter filter(Filters filters) {
        return new AuditFilter(
                scope(filters.tenantId), filters.actor, filters.action, filters.target, filters.from, filters.to);
    }

    /** Whose trail the caller may see: the own tenant's; anyone's, or all, for the platform's admin. */
    private Optional<String> scope(@Nullable String tenantId) {
        if (caller.has(Roles.ADMIN)) {
            return Optional.ofNullable(tenantId);
        }
        if (tenantId != null && !tenantId.equals(caller.tenantId())) {
            throw Problems.badField("tenant_id", "Only the platform's admin names the tenant; yours is known.");
        }
        return Optional.of(caller.tenantId());
    }

    private static String position(String cursor) {
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no place in the trail");
        }
        return cursor;
    }

    private String jsonLine(AuditEntryView entry) {
        try {
            return json.writeValueAsString(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeLine(Writer writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
