package io.stockhook.web.trial;

import io.smallrye.mutiny.Uni;
import io.stockhook.events.Ids;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.edge.RequestTrace;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.OptionalBody;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/notes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class NoteResource {

    /** Set by a test that wants to hold a request in its work. */
    public static final AtomicReference<@Nullable CountDownLatch> HOLD = new AtomicReference<>();

    private final Notes notes;
    private final Caller caller;
    private final RequestTrace trace;

    NoteResource(Notes notes, Caller caller, RequestTrace trace) {
        this.notes = notes;
        this.caller = caller;
        this.trace = trace;
    }

    @GET
    public Page<Note> list(@QueryParam("text") @Nullable String text, @BeanParam PageQuery query) {
        String after = query.after().orElse("");
        List<Note> rows = notes.inTransaction().stream()
                .filter(note -> text == null || note.text().contains(text))
                .filter(note -> note.id().compareTo(after) > 0)
                .limit(query.fetchSize())
                .toList();
        return Page.of(rows, query, Note::id);
    }

    @POST
    @Idempotent
    @RolesAllowed(Roles.EDITOR)
    public Response create(@Valid NewNote request) throws InterruptedException {
        CountDownLatch hold = HOLD.get();
        if (hold != null && !hold.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("held for too long");
        }
        if (request.text().equals("twin")) {
            throw Problems.conflict("text", "There is one already.");
        }
        Note note = new Note(Ids.next(Ids.Kind.PRODUCT), request.text());
        notes.add(caller.tenantId(), note);
        if (request.text().equals("lost")) {
            throw new IllegalStateException("after the commit");
        }
        return Response.created(URI.create("/api/v1/notes/" + note.id()))
                .entity(note)
                .build();
    }

    @POST
    @Path("/plain")
    @Idempotent
    @RolesAllowed(Roles.EDITOR)
    public Note createPlain(@Valid NewNote request) {
        return new Note(Ids.next(Ids.Kind.PRODUCT), request.text());
    }

    @GET
    @Path("/{id}")
    public Note get(@PathParam("id") String id) {
        return notes.inTransaction().stream()
                .filter(note -> note.id().equals(id))
                .findAny()
                .orElseThrow(() -> Problems.notFound("note", id));
    }

    @POST
    @Path("/echo")
    public NewNote echo(NewNote request) {
        return request;
    }

    @POST
    @Path("/optional")
    public Map<String, Object> optional(@OptionalBody @Nullable NewNote request) {
        return Map.of("given", request != null);
    }

    @POST
    @Path("/raw")
    public Map<String, Object> raw(byte[] body) {
        return Map.of("length", body.length);
    }

    @GET
    @Path("/typed")
    public Map<String, Object> typed(
            @QueryParam("min_count") @Nullable Integer minCount,
            @QueryParam("since") @Nullable Instant since,
            @QueryParam("price") @Nullable BigDecimal price,
            @QueryParam("mood") NewNote.@Nullable Mood mood,
            @QueryParam("short_text") @Size(max = 3) @Nullable String shortText) {
        Map<String, Object> given = new HashMap<>();
        given.put("min_count", minCount);
        given.put("since", since);
        given.put("price", price);
        given.put("mood", mood);
        return given;
    }

    @GET
    @Path("/caller")
    public Map<String, Object> caller() {
        return Map.of("tenant", caller.tenantId(), "roles", caller.roles(), "subject", caller.subject());
    }

    @GET
    @Path("/caller-without-blocking")
    public Uni<Map<String, Object>> callerWithoutBlocking() {
        return Uni.createFrom().item(Map.of("tenant", caller.tenantId()));
    }

    @GET
    @Path("/admin")
    @RolesAllowed(Roles.ADMIN)
    public Map<String, Object> admin() {
        return Map.of("tenant", caller.tenant().orElse("none"));
    }

    @GET
    @Path("/trace")
    public Map<String, Object> trace() {
        return Map.of("traceparent", trace.traceparent(), "mdc", String.valueOf(org.jboss.logging.MDC.get("trace_id")));
    }

    @GET
    @Path("/crash")
    public Note crash() {
        throw new IllegalStateException("com.example.Secret is out");
    }

    @GET
    @Path("/open")
    @PermitAll
    public Map<String, Object> open() {
        return Map.of("seen", notes.inTransaction().size());
    }
}
