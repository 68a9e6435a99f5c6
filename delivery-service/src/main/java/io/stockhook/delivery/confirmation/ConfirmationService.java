package io.stockhook.delivery.confirmation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.delivery.confirmation.ConfirmationRequest.Status;
import io.stockhook.delivery.registry.Confirmations;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.replay.RunPublisher;
import io.stockhook.events.SecretBox;
import io.stockhook.events.delivery.Confirmation;
import io.stockhook.events.delivery.ConfirmationGrant;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes confirmations and puts them where the task that waits for them finds them. Needs no database: what it must know is in the token.
 */
@Singleton
class ConfirmationService {

    private static final Logger LOG = Logger.getLogger(ConfirmationService.class);
    /** How belated the task may be that waits for a confirmation; one that is later still finds nothing, and the delivery is made again. */
    private static final Duration LATEST_TASK = Duration.ofHours(1);

    private final ConfirmationTokens tokens;
    private final RunControls controls;
    private final Confirmations confirmations;
    private final RunPublisher publisher;
    private final ConfirmationMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    ConfirmationService(
            SecretBox box,
            RunControls controls,
            Confirmations confirmations,
            RunPublisher publisher,
            ConfirmationMetrics metrics) {
        this.tokens = new ConfirmationTokens(box);
        this.controls = controls;
        this.confirmations = confirmations;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    /**
     * Takes what the endpoint says of the attempt that its token is of. Taken when the broker has it.
     *
     * @throws HttpProblem 401 if the token is missing or another's, 409 if nothing waits for it any more, 503 if the broker does not take it
     */
    ConfirmationView confirm(String deliveryId, @Nullable String token, ConfirmationRequest request) {
        if (token == null || token.isEmpty()) {
            throw unauthorized(
                    "The header %s with the token of the delivery is missing.".formatted(ConfirmationResource.TOKEN));
        }
        ConfirmationGrant grant = tokens.open(token, deliveryId)
                .orElseThrow(() -> unauthorized("The token in %s is not one of this delivery's; send back the value of"
                                .formatted(ConfirmationResource.TOKEN)
                        + " the attempt's own header."));
        Instant now = clock.instant();
        requireAwaited(grant, request.status(), now);
        boolean isAccepted = request.status() == Status.ACCEPTED;
        List<ProducerRecord<byte[], byte[]>> said = new ArrayList<>(2);
        if (isAccepted) {
            said.add(DeliveryAttempt.confirmed(grant, now).toRecord());
        }
        said.add(new Confirmation(
                        deliveryId,
                        grant.run(),
                        grant.attempt(),
                        isAccepted,
                        isAccepted ? null : request.reason(),
                        grant.awaited().by().plus(LATEST_TASK))
                .toRecord());
        publisher.publish(said);
        metrics.taken(request.status());
        LOG.debugf(
                "delivery confirmed: status=%s delivery_id=%s run=%d attempt=%d endpoint_id=%s",
                request.status(), deliveryId, grant.run(), grant.attempt(), grant.endpointId());
        return new ConfirmationView(deliveryId, grant.run(), grant.attempt(), request.status());
    }

    private void requireAwaited(ConfirmationGrant grant, Status status, Instant now) {
        Instant by = grant.awaited().by();
        if (now.isAfter(by)) {
            metrics.late();
            throw Problems.conflict(
                    "It comes too late: it was waited for until %s, and the attempt has failed since.".formatted(by));
        }
        RunControls.Withdrawal withdrawal = controls.withdrawalOf(grant.deliveryId(), grant.run());
        if (withdrawal != null) {
            throw Problems.conflict(
                    "Nothing waits for it any more: this run of the delivery was %s.".formatted(withdrawal.reason()));
        }
        boolean isTheOpposite = confirmations
                .of(grant.deliveryId())
                .filter(said -> said.run() == grant.run() && said.attempt() == grant.attempt())
                .filter(said -> said.isAccepted() != (status == Status.ACCEPTED))
                .isPresent();
        if (isTheOpposite) {
            throw Problems.conflict("status", "The opposite was said of this attempt already.");
        }
    }

    private static HttpProblem unauthorized(String detail) {
        return Problems.of("unauthorized", "Unauthorized", Response.Status.UNAUTHORIZED)
                .withDetail(detail)
                .build();
    }
}
