package io.stockhook.subscription.verdict;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.subscription.webhook.WebhookVerdicts;
import io.stockhook.web.problem.DatabaseFailure;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * The channel of verdicts. A record is acknowledged when {@link #take} returns: after its effect has been committed, or once it is set
 * aside. It throws at shut-down only, where the record is left for the next start.
 */
@ApplicationScoped
public class VerdictIntake {

    static final String CHANNEL = "endpoint-verdicts";

    private static final Logger LOG = Logger.getLogger(VerdictIntake.class);

    private final WebhookVerdicts webhooks;
    private final VerdictsSetAside setAside;
    private final VerdictIntakeConfig config;
    private final VerdictIntakeMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);

    VerdictIntake(
            WebhookVerdicts webhooks,
            VerdictsSetAside setAside,
            VerdictIntakeConfig config,
            VerdictIntakeMetrics metrics) {
        this.webhooks = webhooks;
        this.setAside = setAside;
        this.config = config;
        this.metrics = metrics;
    }

    @Incoming(CHANNEL)
    @Blocking
    void take(ConsumerRecord<byte[], byte[]> source) {
        objectionTo(source).ifPresent(objection -> setAside(source, objection));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    /** Applies the verdict that a record holds, for as long as it takes, and says why it cannot be if it never can. */
    private Optional<String> objectionTo(ConsumerRecord<byte[], byte[]> source) {
        EndpointVerdict verdict;
        try {
            verdict = EndpointVerdict.read(source.value());
        } catch (MalformedRecordException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        int failures = 0;
        while (true) {
            try {
                apply(verdict);
                return Optional.empty();
            } catch (RuntimeException e) {
                LOG.warnf(e, "verdict not applied: endpoint_id=%s", verdict.endpointId());
                DatabaseFailure failure = DatabaseFailure.of(e).orElse(DatabaseFailure.OTHER);
                failures += failure == DatabaseFailure.AWAY ? 0 : 1;
                if (failure == DatabaseFailure.BAD_VALUE || failures >= config.maxTries()) {
                    return Optional.of("a verdict that cannot be applied; the log of subscription-service says why");
                }
            }
            pause();
        }
    }

    private void apply(EndpointVerdict verdict) {
        boolean isDisabled = TenantScope.as(verdict.tenantId(), () -> webhooks.apply(verdict));
        if (isDisabled) {
            metrics.disabled(verdict.reason());
        }
        LOG.infof(
                "verdict taken: disabled=%s reason=%s endpoint_id=%s tenant_id=%s version=%d failures=%d last_error=%s",
                isDisabled,
                verdict.reason(),
                verdict.endpointId(),
                verdict.tenantId(),
                verdict.version(),
                verdict.failures(),
                verdict.lastError());
    }

    private void setAside(ConsumerRecord<byte[], byte[]> source, String objection) {
        while (true) {
            try {
                setAside.put(source, objection);
                LOG.warnf(
                        "set aside a record that is no verdict: topic=%s partition=%d offset=%d why=%s",
                        source.topic(), source.partition(), source.offset(), objection);
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "record not set aside: partition=%d offset=%d", source.partition(), source.offset());
            }
            pause();
        }
    }

    private void pause() {
        boolean isStopped;
        try {
            isStopped = stopped.await(config.retryInterval().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isStopped = true;
        }
        if (isStopped) {
            throw new IllegalStateException(
                    "stopped before a verdict was taken; it is read again after the next start");
        }
    }
}
