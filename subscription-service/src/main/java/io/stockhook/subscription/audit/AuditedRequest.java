package io.stockhook.subscription.audit;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.edge.RequestTrace;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the trail says of the current request, and whether it has said it. */
@RequestScoped
class AuditedRequest {

    private final Caller caller;
    private final RequestTrace trace;
    private final CurrentVertxRequest request;
    private @Nullable String operation;
    private boolean isRecorded;

    AuditedRequest(Caller caller, RequestTrace trace, CurrentVertxRequest request) {
        this.caller = caller;
        this.trace = trace;
        this.request = request;
    }

    /**
     * Who does something, from where.
     *
     * @param role null if the actor has none
     * @param tenantId whom the actor acts for; null for nobody in particular
     */
    record Origin(
            String actor,
            @Nullable String role,
            @Nullable String tenantId,
            @Nullable String remoteAddress,
            @Nullable String traceId,
            @Nullable String operation) {

        /** The platform by itself. */
        static final Origin PLATFORM = new Origin("platform", null, null, null, null, null);
    }

    /** Says what the request is about. */
    void begin(String requestedOperation) {
        operation = requestedOperation;
    }

    /** Says that the trail has what the request did. */
    void recorded() {
        isRecorded = true;
    }

    boolean isRecorded() {
        return isRecorded;
    }

    /** Whoever sent the current request; the platform itself where none is active. */
    static Origin origin() {
        if (!Arc.container().requestContext().isActive()) {
            return Origin.PLATFORM;
        }
        return Arc.container().instance(AuditedRequest.class).get().describe();
    }

    /** Whoever sent this request; the platform itself if the context is active without one. */
    Origin describe() {
        RoutingContext routing = request.getCurrent();
        if (routing == null) {
            return Origin.PLATFORM;
        }
        String actor = "anonymous";
        String role = null;
        String tenant = null;
        try {
            String subject = caller.subject();
            actor = subject.isEmpty() ? actor : subject;
            role = caller.roles().isEmpty() ? null : String.join(" ", new TreeSet<>(caller.roles()));
            tenant = caller.tenant().orElse(null);
        } catch (RuntimeException e) {
            // The token of the request proves nothing, so that there is nobody to name.
            actor = "anonymous";
        }
        return new Origin(actor, role, tenant, address(routing), trace.current().traceId(), operation);
    }

    static @Nullable String address(RoutingContext context) {
        var remote = context.request().remoteAddress();
        return remote == null ? null : remote.hostAddress();
    }
}
