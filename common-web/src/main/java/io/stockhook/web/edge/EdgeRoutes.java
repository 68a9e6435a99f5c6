package io.stockhook.web.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stockhook.events.TraceContext;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.MDC;

/** What every request passes before it is routed. */
@Singleton
class EdgeRoutes {

    /** The key of the trace id in log records and problems. */
    private static final String TRACE_ID = "trace_id";

    private static final int FIRST = 1_000;

    void register(@Observes Filters filters) {
        filters.register(EdgeRoutes::trace, FIRST);
        filters.register(EdgeRoutes::withoutTrailingSlash, FIRST - 1);
    }

    private static void trace(RoutingContext context) {
        if (context.get(RequestTrace.KEY) == null) {
            TraceContext trace = TraceContext.continueOrBegin(context.request().getHeader(TraceContext.HEADER));
            context.put(RequestTrace.KEY, trace);
            MDC.put(TRACE_ID, trace.traceId());
        }
        context.next();
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
