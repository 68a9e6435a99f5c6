package io.stockhook.receiver.mock;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.stockhook.events.Topics;
import io.stockhook.web.problem.AnyQuery;
import io.stockhook.web.problem.Problems;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The mock endpoints themselves: any method, no token. A method of JAX-RS has one HTTP method, hence seven that do the same. */
@Path(MockCallResource.PATH + "/{id}")
@PermitAll
@AnyQuery
@Blocking
@Tag(name = "Mock endpoints")
public class MockCallResource {

    static final String PATH = "/api/v1/mock";

    /** The longest record of the platform: a delivery of the longest event has less. */
    private static final int MAX_BODY_BYTES = Topics.MAX_RECORD_BYTES;

    private final MockCallService service;
    private final CurrentVertxRequest current;

    MockCallResource(MockCallService service, CurrentVertxRequest current) {
        this.service = service;
        this.current = current;
    }

    /** What a webhook does. */
    @POST
    @Operation(
            operationId = "callMockEndpoint",
            summary = "Call a mock endpoint",
            description = "Takes any method, any body and no token. Records the request and answers as told.")
    @APIResponse(responseCode = "default", description = "What the mock endpoint was told to answer.")
    @APIResponse(responseCode = "404", description = "There is no mock endpoint with this id.")
    @APIResponse(responseCode = "413", description = "The body is longer than 1 MiB; nothing is recorded.")
    public Uni<Response> post(@PathParam("id") String id, InputStream body) {
        return answer(id, body);
    }

    /** Like {@link #post}. */
    @PUT
    @Operation(hidden = true)
    public Uni<Response> put(@PathParam("id") String id, InputStream body) {
        return answer(id, body);
    }

    /** Like {@link #post}. */
    @PATCH
    @Operation(hidden = true)
    public Uni<Response> patch(@PathParam("id") String id, InputStream body) {
        return answer(id, body);
    }

    /** Like {@link #post}. */
    @DELETE
    @Operation(hidden = true)
    public Uni<Response> delete(@PathParam("id") String id, InputStream body) {
        return answer(id, body);
    }

    /** Like {@link #post}, without a body. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> get(@PathParam("id") String id) {
        return answer(id, InputStream.nullInputStream());
    }

    /** Like {@link #get}. */
    @HEAD
    @Operation(hidden = true)
    public Uni<Response> head(@PathParam("id") String id) {
        return answer(id, InputStream.nullInputStream());
    }

    /** Like {@link #get}. */
    @OPTIONS
    @Operation(hidden = true)
    public Uni<Response> options(@PathParam("id") String id) {
        return answer(id, InputStream.nullInputStream());
    }

    /** A delayed answer waits on a timer, so that any number of them holds no thread. */
    private Uni<Response> answer(String id, InputStream body) {
        service.requireId(id);
        MockResponse answer = service.receive(id, call(read(body)));
        Uni<Response> response = Uni.createFrom().item(response(answer));
        int delayMs = Objects.requireNonNullElse(answer.delayMs(), 0);
        return delayMs == 0 ? response : response.onItem().delayIt().by(Duration.ofMillis(delayMs));
    }

    /** Nobody is authenticated here, so no more is read than what a delivery may have. */
    private static byte[] read(InputStream body) {
        try {
            byte[] read = body.readNBytes(MAX_BODY_BYTES + 1);
            if (read.length > MAX_BODY_BYTES) {
                throw Problems.tooLarge("body", "Has more than %d bytes.".formatted(MAX_BODY_BYTES));
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a call of a mock endpoint broke off", e);
        }
    }

    private MockCall call(byte[] body) {
        RoutingContext context = current.getCurrent();
        HttpServerRequest request = context.request();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.computeIfAbsent(
                        name.toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                .add(value));
        return new MockCall(ReceiptTime.of(context), request.method().name(), request.query(), headers, body);
    }

    private static Response response(MockResponse answer) {
        Response.ResponseBuilder response = Response.status(answer.statusOrOk());
        String body = answer.body();
        if (body != null && !body.isEmpty()) {
            response.type(MediaType.TEXT_PLAIN_TYPE.withCharset(StandardCharsets.UTF_8.name()))
                    .entity(body.getBytes(StandardCharsets.UTF_8));
        }
        Objects.requireNonNullElse(answer.headers(), Map.<String, String>of()).forEach((name, value) -> {
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.type(value);
            } else {
                response.header(name, value);
            }
        });
        return response.build();
    }
}
