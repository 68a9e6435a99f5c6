package io.stockhook.web.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stockhook.events.TraceContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/** What every request passes before it is routed. */
@Singleton
class EdgeRoutes {

    /** The key of the trace id in log records and problems. */
    private static final String TRACE_ID = "trace_id";

    private static final int FIRST = 1_000;
    /** After the server has noted its limit of a body's size, before the request is routed. */
    private static final int AFTER_THE_SERVERS = 1;

    private final ObjectMapper json;
    private final long maxBodySize;

    EdgeRoutes(ObjectMapper json, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.json = json;
        this.maxBodySize = maxBodySize.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(EdgeRoutes::trace, FIRST);
        filters.register(this::withinSize, FIRST - 1);
        filters.register(EdgeRoutes::withoutTrailingSlash, FIRST - 2);
        filters.register(EdgeRoutes::withoutServersLimit, AFTER_THE_SERVERS);
    }

    private static void withoutServersLimit(RoutingContext context) {
        context.put(VertxInputStream.MAX_REQUEST_SIZE_KEY, Long.MAX_VALUE);
        context.next();
    }

    private static void trace(RoutingContext context) {
        MDC.put(TRACE_ID, traceOf(context).traceId());
        context.next();
    }

    /** The request's trace, begun at the first call; a rerouted request passes here twice. */
    private static TraceContext traceOf(RoutingContext context) {
        TraceContext trace = RequestTrace.of(context);
        if (trace == null) {
            trace = TraceContext.continueOrBegin(context.request().getHeader(TraceContext.HEADER));
            context.put(RequestTrace.KEY, trace);
        }
        return trace;
    }

    /** Refuses by the announced size; a body that announces none is cut off by {@link BodyLimit} where it grows too long. */
    private void withinSize(RoutingContext context) {
        context.addHeadersEndHandler(unused -> endConnectionIfTooLong(context));
        if (announcedSize(context.request()) <= maxBodySize) {
            context.next();
            return;
        }
        var problem = HttpProblem.builder(BodyLimit.problem(maxBodySize))
                .with(TRACE_ID, traceOf(context).traceId())
                .build();
        context.response()
                .setStatusCode(problem.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .end(Buffer.buffer(written(problem)));
    }

    /** What is left of a body that is too long is not read, hence the end of the connection; HTTP/2 ends the one stream by itself. */
    private static void endConnectionIfTooLong(RoutingContext context) {
        boolean isTooLong = context.response().getStatusCode() == Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode();
        if (isTooLong && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    private static long announcedSize(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // the server has refused what is no number
    }

    private byte[] written(HttpProblem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always writable", e);
        }
    }

    private static void withoutTrailingSlash(RoutingContext context) {
        String path = context.request().path();
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        if (end == path.length() || !path.startsWith("/api/")) {
            context.next();
            return;
        }
        String query = context.request().query();
        context.reroute(path.substring(0, end) + (query == null ? "" : '?' + query));
    }
}
