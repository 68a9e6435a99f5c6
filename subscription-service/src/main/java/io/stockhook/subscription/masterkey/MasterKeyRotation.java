package io.stockhook.subscription.masterkey;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.events.MicroClock;
import io.stockhook.events.SecretBox;
import io.stockhook.subscription.masterkey.MasterKeyTable.Progress;
import io.stockhook.subscription.masterkey.MasterKeyTable.Rotation;
import io.stockhook.subscription.secret.Sealed;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Passes every secret to the current master key, a batch at a time. A batch and the place that it reached are one transaction, so that
 * whatever ends in the middle goes on from there, on any instance that has the key in front.
 */
@ApplicationScoped
public class MasterKeyRotation {

    private static final Logger LOG = Logger.getLogger(MasterKeyRotation.class);

    private final List<Sealed> all;
    private final SecretBox secrets;
    private final AgroalDataSource dataSource;
    private final MasterKeyConfig config;

    MasterKeyRotation(@All List<Sealed> all, SecretBox secrets, AgroalDataSource dataSource, MasterKeyConfig config) {
        this.all = all.stream().sorted(Comparator.comparing(Sealed::kind)).toList();
        this.secrets = secrets;
        this.dataSource = dataSource;
        this.config = config;
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Begins to pass everything to the first of the configured keys, anew if that has been done before. */
    public RotationProgress begin(String by) {
        asSystem(connection -> {
            MasterKeyTable.begin(connection, secrets.currentKeyId(), by, MicroClock.now());
            return true;
        });
        return progress();
    }

    /** How far it is. Looks at all secrets, for how many remain. */
    public RotationProgress progress() {
        String keyId = secrets.currentKeyId();
        return asSystem(connection -> {
            Optional<Rotation> rotation = MasterKeyTable.find(connection, keyId);
            List<RotationProgress.Kind> kinds = new ArrayList<>();
            for (Sealed sealed : all) {
                Progress progress = MasterKeyTable.progress(connection, keyId, sealed.kind());
                kinds.add(new RotationProgress.Kind(
                        sealed.kind(), sealed.count(), progress.seen(), progress.changed(), sealed.countOthers(keyId)));
            }
            return new RotationProgress(
                    keyId,
                    rotation.map(Rotation::startedAt).orElse(null),
                    rotation.map(Rotation::finishedAt).orElse(null),
                    List.copyOf(kinds),
                    kinds.stream().mapToLong(RotationProgress.Kind::remaining).sum());
        });
    }

    @Scheduled(every = "${stockhook.master-key.interval:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void work() {
        try {
            step();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "secrets not passed to the master key, tried again: key_id=%s reason=%s",
                    secrets.currentKeyId(), e);
        }
    }

    /** Passes the next batch. Returns whether there was anything to do for this instance. */
    boolean step() {
        String keyId = secrets.currentKeyId();
        return asSystem(connection -> {
            if (!MasterKeyTable.lockUnfinished(connection, keyId)) {
                return false;
            }
            for (Sealed sealed : all) {
                Progress progress = MasterKeyTable.progress(connection, keyId, sealed.kind());
                if (!progress.isDone()) {
                    MasterKeyTable.save(connection, keyId, sealed.kind(), next(sealed, progress));
                    return true;
                }
            }
            MasterKeyTable.finish(connection, keyId, MicroClock.now());
            LOG.infof("secrets passed to the master key: key_id=%s", keyId);
            return true;
        });
    }

    private Progress next(Sealed sealed, Progress progress) {
        Sealed.Step step = sealed.reseal(progress.position(), config.batchSize());
        return new Progress(
                Objects.requireNonNullElse(step.last(), progress.position()),
                progress.seen() + step.seen(),
                progress.changed() + step.changed(),
                step.isLast());
    }

    private <T> T asSystem(Work<T> work) {
        return TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return work.run(connection);
            }
        }));
    }
}
