package io.stockhook.web.idempotency;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.stockhook.events.Json;
import io.stockhook.events.SecretBox;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** The keys in the service's database. Each step is a transaction of its own, but {@link #markDone}, which is part of the resource's. */
// Not @Singleton: the filter is made while the application is built, before there is a configuration.
@ApplicationScoped
class IdempotencyKeys {

    /** One statement, so that of two requests with one key exactly one gets a row back. */
    private static final String CLAIM = """
            insert into idempotency_key (tenant_id, route, key, body_hash, claim)
            values (?, ?, ?, ?, ?)
            on conflict (tenant_id, route, key) do update
               set body_hash = excluded.body_hash, claim = excluded.claim, answer = null, done = false, created_at = now()
             where idempotency_key.created_at < now() - ? * interval '1 ms'
                or (idempotency_key.answer is null and not idempotency_key.done
                    and idempotency_key.created_at < now() - ? * interval '1 ms')
            """;

    private static final String FIND = """
            select body_hash, answer, done, created_at < now() - ? * interval '1 ms' as abandoned
            from idempotency_key where tenant_id = ? and route = ? and key = ?
            """;

    private static final String ANSWER =
            "update idempotency_key set answer = ? where tenant_id = ? and route = ? and key = ? and claim = ?";

    private static final String DONE =
            "update idempotency_key set done = true where tenant_id = ? and route = ? and key = ? and claim = ?";

    private static final String FREE =
            "delete from idempotency_key where tenant_id = ? and route = ? and key = ? and claim = ? and not done";

    private static final String PURGE = "delete from idempotency_key where created_at < now() - ? * interval '1 ms'";

    private final AgroalDataSource dataSource;
    private final SecretBox secrets;
    private final IdempotencyConfig config;

    IdempotencyKeys(AgroalDataSource dataSource, SecretBox secrets, IdempotencyConfig config) {
        this.dataSource = dataSource;
        this.secrets = secrets;
        this.config = config;
    }

    /** Takes the key for a request with this body, if nobody has. */
    Claim claim(KeyUse use, byte[] bodyHash) {
        return inTransaction(use.tenantId(), connection -> {
            UUID claim = UUID.randomUUID();
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                bind(statement, 1, use);
                statement.setBytes(4, bodyHash);
                statement.setObject(5, claim);
                statement.setLong(6, config.retention().toMillis());
                statement.setLong(7, config.abandonedAfter().toMillis());
                return statement.executeUpdate() == 1 ? new Claim.Granted(use, claim) : find(connection, use, bodyHash);
            }
        });
    }

    private Claim find(Connection connection, KeyUse use, byte[] bodyHash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setLong(1, config.abandonedAfter().toMillis());
            bind(statement, 2, use);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new Claim.InProgress(); // freed this moment; the caller comes again
                }
                if (!Arrays.equals(row.getBytes("body_hash"), bodyHash)) {
                    return new Claim.OtherBody();
                }
                String answer = row.getString("answer");
                if (answer != null) {
                    return new Claim.Answered(decrypt(answer, use));
                }
                boolean isLost = row.getBoolean("done") && row.getBoolean("abandoned");
                return isLost ? new Claim.Done() : new Claim.InProgress();
            }
        }
    }

    /** Keeps the answer for the next request with the key. */
    void answer(Claim.Granted granted, Answer answer) {
        String sealed = secrets.encrypt(Json.write(answer), granted.use().asText());
        inTransaction(granted.use().tenantId(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ANSWER)) {
                statement.setString(1, sealed);
                bind(statement, 2, granted.use());
                statement.setObject(5, granted.claim());
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Notes in the current transaction that what the request asked for is done, so that it is never done again.
     *
     * @throws IllegalStateException if the key was taken over meanwhile; the transaction must not be committed
     */
    void markDone(Claim.Granted granted) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(DONE)) {
            bind(statement, 1, granted.use());
            statement.setObject(4, granted.claim());
            if (statement.executeUpdate() == 0) {
                throw new IllegalStateException("the idempotency key was taken over by another request");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the idempotency key cannot be marked", e);
        }
    }

    /** Lets the key go, as if it had not been used; not if what it stood for is done. */
    void free(Claim.Granted granted) {
        inTransaction(granted.use().tenantId(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FREE)) {
                bind(statement, 1, granted.use());
                statement.setObject(4, granted.claim());
                return statement.executeUpdate();
            }
        });
    }

    @Scheduled(identity = "idempotency-purge", every = "${stockhook.idempotency.purge-every:1h}", delayed = "1m")
    void purge() {
        Duration retention = config.retention();
        TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(PURGE)) {
                statement.setLong(1, retention.toMillis());
                statement.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException("idempotency keys cannot be purged", e);
            }
        }));
    }

    private Answer decrypt(String sealed, KeyUse use) {
        try {
            return Json.read(secrets.decrypt(sealed, use.asText()), Answer.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored answer cannot be read", e);
        }
    }

    private static void bind(PreparedStatement statement, int first, KeyUse use) throws SQLException {
        statement.setString(first, use.tenantId());
        statement.setString(first + 1, use.route());
        statement.setString(first + 2, use.key());
    }

    private <T> T inTransaction(String tenantId, Work<T> work) {
        return TenantScope.as(tenantId, () -> QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return work.with(connection);
            }
        }));
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
