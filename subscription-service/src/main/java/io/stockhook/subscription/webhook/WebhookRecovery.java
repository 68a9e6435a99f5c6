package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/** Lets a webhook have what it missed. The work is delivery-service's; that the webhook can take it is seen to here. */
@ApplicationScoped
class WebhookRecovery {

    private static final Logger LOG = Logger.getLogger(WebhookRecovery.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final WebhookService webhooks;
    private final DeliveryService deliveries;

    WebhookRecovery(WebhookService webhooks, @RestClient DeliveryService deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /**
     * Begins to deliver what the webhook missed, and answers with the job, or with its number if only that was asked for.
     *
     * @param authorization the caller's own, which delivery-service judges
     * @param callerAddress where the caller's request came from
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 for another's webhook, 409 for a disabled one, 503 if delivery-service is away
     */
    RestResponse<JsonNode> recover(
            String tenantId, String id, RecoverRequest request, String authorization, String callerAddress) {
        if (!webhooks.get(tenantId, id).isActive() && !Boolean.TRUE.equals(request.dryRun())) {
            throw Problems.conflict("The webhook is disabled and would be sent nothing; enable it first.");
        }
        try (RestResponse<JsonNode> answer =
                deliveries.bulkRetry(authorization, callerAddress, RecoverySelection.of(id, request))) {
            return RestResponse.ResponseBuilder.create(answer.getStatusInfo(), answer.getEntity())
                    .build();
        } catch (WebApplicationException e) {
            throw refused(e.getResponse());
        } catch (ProcessingException e) {
            LOG.warnf("delivery-service does not answer: %s", e.getMessage());
            throw Problems.unavailable("delivery-service does not answer; nothing was begun.", RETRY_AFTER);
        }
    }

    private static RuntimeException refused(Response answer) {
        if (answer.getStatus() >= Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            return Problems.unavailable("delivery-service cannot do it now; nothing was begun.", RETRY_AFTER);
        }
        return answer.getStatus() == Response.Status.FORBIDDEN.getStatusCode()
                ? Problems.forbidden("delivery-service does not let this caller.")
                : Problems.conflict(
                        "delivery-service refused it with status %d; nothing was begun.".formatted(answer.getStatus()));
    }
}
