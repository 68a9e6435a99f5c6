package io.stockhook.receiver.mock;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Passes the secrets of mock endpoints to the master key that is in front. Nobody else reads them, so that nothing has to be asked for
 * or waited for: what another key wraps is looked for at every start and from time to time, and a pass that was interrupted goes on.
 */
@Singleton
class MockSecretsResealing {

    private static final Logger LOG = Logger.getLogger(MockSecretsResealing.class);
    private static final int BATCH = 100;
    private static final String OTHERS = """
            select id, secret_encrypted from mock_endpoint
            where secret_encrypted is not null and not starts_with(secret_encrypted, ?) and id > ? order by id limit ?""";
    /** Whoever gave the endpoint another secret meanwhile has had it sealed with the right key. */
    private static final String RESEAL =
            "update mock_endpoint set secret_encrypted = ? where id = ? and secret_encrypted = ?";

    private final AgroalDataSource dataSource;
    private final MockSecrets secrets;

    MockSecretsResealing(AgroalDataSource dataSource, MockSecrets secrets) {
        this.dataSource = dataSource;
        this.secrets = secrets;
    }

    @Scheduled(every = "10m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void pass() {
        try {
            int changed = TenantScope.asSystem(this::passAll);
            if (changed > 0) {
                LOG.infof("secrets of mock endpoints passed to the master key: changed=%d", changed);
            }
        } catch (RuntimeException e) {
            LOG.warnf("secrets of mock endpoints not passed to the master key, tried again later: reason=%s", e);
        }
    }

    private int passAll() {
        int changed = 0;
        Map<String, String> batch = next("");
        while (!batch.isEmpty()) {
            Map<String, String> current = batch;
            changed += QuarkusTransaction.requiringNew().call(() -> reseal(current));
            batch = next(lastOf(batch));
        }
        return changed;
    }

    private static String lastOf(Map<String, String> batch) {
        String last = "";
        for (String id : batch.keySet()) {
            last = id;
        }
        return last;
    }

    private Map<String, String> next(String after) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<String, String> batch = new LinkedHashMap<>();
            try (Connection connection = dataSource.getConnection();
                    var select = connection.prepareStatement(OTHERS)) {
                select.setString(1, secrets.currentSeal());
                select.setString(2, after);
                select.setInt(3, BATCH);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        batch.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
            return batch;
        });
    }

    private int reseal(Map<String, String> batch) throws SQLException {
        int changed = 0;
        try (Connection connection = dataSource.getConnection();
                var update = connection.prepareStatement(RESEAL)) {
            for (var secret : batch.entrySet()) {
                try {
                    update.setString(1, secrets.reseal(secret.getKey(), secret.getValue()));
                    update.setString(2, secret.getKey());
                    update.setString(3, secret.getValue());
                    changed += update.executeUpdate();
                } catch (SecretUnreadableException e) {
                    LOG.warnf(
                            "secret of a mock endpoint cannot be sealed anew: mock_endpoint_id=%s reason=%s",
                            secret.getKey(), e.getMessage());
                }
            }
        }
        return changed;
    }
}
