package io.stockhook.web.edge;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.stockhook.events.TraceContext;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The W3C trace context of the request that is being served: the caller's, continued, or a new one. */
@Singleton
public class RequestTrace {

    static final String KEY = TraceContext.class.getName();

    private final CurrentVertxRequest request;

    RequestTrace(CurrentVertxRequest request) {
        this.request = request;
    }

    /** The context; outside of a request a new one, begun with this call. */
    public TraceContext current() {
        TraceContext trace = Arc.container().requestContext().isActive() ? of(request.getCurrent()) : null;
        return trace == null ? TraceContext.begin() : trace;
    }

    /** The value of a {@code traceparent} header, for what this request sends or leaves to be sent. */
    public String traceparent() {
        return current().header();
    }

    static @Nullable TraceContext of(@Nullable RoutingContext context) {
        return context == null ? null : context.get(KEY);
    }
}
