package io.stockhook.receiver.mock;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What mock endpoints received, and how far each is in its sequence of answers. Takes part in the caller's transaction.
 *
 * <p>How far it is stands in the database and not in memory: "fails twice, then succeeds" then holds with several instances and
 * across a restart too, for the price of a row that is updated in place in the transaction that records the call anyway.
 */
@ApplicationScoped
class MockRequestTable {

    /** So few that the longest bodies among them are no burden: the driver reads ahead as many. */
    private static final int FETCH_SIZE = 8;

    private static final String BEGIN = "insert into mock_progress (endpoint_id, tenant_id) values (?, ?)";

    private static final String RESTART =
            "update mock_progress set answered = 0 where tenant_id = ? and endpoint_id = ?";

    private static final String NEXT = """
            update mock_progress p set recorded = p.recorded + 1, answered = p.answered + 1
            from mock_endpoint e
            where p.endpoint_id = ? and e.id = p.endpoint_id
            returning e.tenant_id, e.secret_encrypted, e.public_key, e.header_prefix, e.responses, p.recorded, p.answered
            """;

    private static final String RECORD = """
            with dropped as (delete from mock_request where endpoint_id = ? and number <= ?)
            insert into mock_request (endpoint_id, number, id, tenant_id, received_at, method, query, headers, body,
                body_bytes, standard_signature, classic_signature, response_status)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String LIST = """
            select number, id, received_at, method, query, headers, body, body_bytes, standard_signature,
                classic_signature, response_status
            from mock_request where tenant_id = ? and endpoint_id = ? and number %s ? order by number %s limit ?
            """;

    private static final String LIST_NEWEST = LIST.formatted("<", "desc");
    private static final String LIST_OLDEST = LIST.formatted(">", "asc");

    private static final String COUNT = "select count(*) from mock_request where tenant_id = ? and endpoint_id = ?";

    private static final String CLEAR = "delete from mock_request where tenant_id = ? and endpoint_id = ?";

    private final AgroalDataSource dataSource;

    MockRequestTable(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * A call's turn at an endpoint.
     *
     * @param number counts the endpoint's requests from 1
     * @param answered counts them since its sequence of answers began, from 1
     */
    record Turn(
            String tenantId,
            @Nullable String secretEncrypted,
            @Nullable String publicKey,
            String headerPrefix,
            String responses,
            long number,
            long answered) {}

    /** A recorded request. The body is what was kept of it, {@code bodyBytes} its whole length. */
    @SuppressWarnings("ArrayRecordComponent") // between a request and a row
    record Row(
            long number,
            String id,
            Instant receivedAt,
            String method,
            @Nullable String query,
            String headers,
            byte[] body,
            int bodyBytes,
            String standardSignature,
            String classicSignature,
            int responseStatus) {}

    /** Readies a new endpoint for its first call. */
    void begin(String tenantId, String endpointId) {
        run(BEGIN, endpointId, tenantId);
    }

    /** Lets the sequence of answers begin anew with the next call. */
    void restartAnswers(String tenantId, String endpointId) {
        run(RESTART, tenantId, endpointId);
    }

    /** Takes the next turn, and makes other calls of the endpoint wait for the end of the transaction. Empty if there is none. */
    Optional<Turn> next(String endpointId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(NEXT)) {
            update.setString(1, endpointId);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Turn(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a mock endpoint's turn cannot be taken", e);
        }
    }

    /** Records a request and drops those beyond the newest {@code keep}. */
    void add(String tenantId, String endpointId, Row request, int keep) {
        run(
                RECORD,
                endpointId,
                request.number() - keep,
                endpointId,
                request.number(),
                request.id(),
                tenantId,
                OffsetDateTime.ofInstant(request.receivedAt(), ZoneOffset.UTC),
                request.method(),
                request.query(),
                request.headers(),
                request.body(),
                request.bodyBytes(),
                request.standardSignature(),
                request.classicSignature(),
                request.responseStatus());
    }

    /**
     * A stretch of an endpoint's requests.
     *
     * @param rows in the order asked for
     * @param isLast whether none follows
     */
    record Stretch(List<Row> rows, boolean isLast) {}

    /**
     * The requests of an endpoint before or after a number.
     *
     * @param limit how many at the most
     * @param maxBytes it ends early with the request at which the bodies reach so many
     */
    Stretch list(
            String tenantId, String endpointId, RequestOrder order, Optional<Long> after, int limit, long maxBytes) {
        boolean newestFirst = order == RequestOrder.NEWEST;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(newestFirst ? LIST_NEWEST : LIST_OLDEST)) {
            query.setString(1, tenantId);
            query.setString(2, endpointId);
            query.setLong(3, after.orElse(newestFirst ? Long.MAX_VALUE : 0));
            query.setInt(4, limit + 1);
            query.setFetchSize(FETCH_SIZE);
            List<Row> requests = new ArrayList<>();
            long bytes = 0;
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (requests.size() == limit || bytes >= maxBytes) {
                        return new Stretch(requests, false);
                    }
                    Row request = read(row);
                    bytes += request.body().length;
                    requests.add(request);
                }
            }
            return new Stretch(requests, true);
        } catch (SQLException e) {
            throw new IllegalStateException("the requests of a mock endpoint cannot be listed", e);
        }
    }

    long count(String tenantId, String endpointId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(COUNT)) {
            query.setString(1, tenantId);
            query.setString(2, endpointId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the requests of a mock endpoint cannot be counted", e);
        }
    }

    void clear(String tenantId, String endpointId) {
        run(CLEAR, tenantId, endpointId);
    }

    private void run(String sql, @Nullable Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a mock endpoint's requests cannot be changed", e);
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getBytes(7),
                row.getInt(8),
                row.getString(9),
                row.getString(10),
                row.getInt(11));
    }
}
