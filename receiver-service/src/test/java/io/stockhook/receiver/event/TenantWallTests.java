package io.stockhook.receiver.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.events.EventEnvelope;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row-level security: a query that forgets its tenant still sees no other tenant's rows. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class TenantWallTests {

    @Inject
    AgroalDataSource dataSource;

    @Inject
    AcceptedEvents accepted;

    @Test
    void aQueryWithoutATenantShowsTheScopesRowsOnly() {
        // Given
        for (String tenant : List.of(TestTokens.tenant("wall_a"), TestTokens.tenant("wall_b"))) {
            TenantScope.as(tenant, () -> {
                accepted.register(tenant, List.of(candidate(tenant)));
            });
        }

        // When
        Set<String> seen = TenantScope.as(TestTokens.tenant("wall_a"), () -> tenantsIn("accepted_event"));
        Set<String> seenBySystem = TenantScope.asSystem(() -> tenantsIn("accepted_event"));

        // Then
        assertThat(seen).containsExactly(TestTokens.tenant("wall_a"));
        assertThat(seenBySystem).contains(TestTokens.tenant("wall_a"), TestTokens.tenant("wall_b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted_event", "unpublished_event", "mock_endpoint", "mock_progress", "mock_request"})
    void aTransactionOfNobodySeesNothing(String table) {
        // When
        Set<String> seen = tenantsIn(table);

        // Then
        assertThat(seen).isEmpty();
    }

    private Set<String> tenantsIn(String table) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Set<String> tenants = new HashSet<>();
            try (var connection = dataSource.getConnection();
                    var query = connection.prepareStatement("select tenant_id from " + table);
                    var row = query.executeQuery()) {
                while (row.next()) {
                    tenants.add(row.getString(1));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return tenants;
        });
    }

    private static AcceptedEvents.Candidate candidate(String tenant) {
        var event = new EventEnvelope(
                "same-id", "a.b", "/test", null, Instant.now(), tenant, null, null, null, new byte[] {'{', '}'});
        return new AcceptedEvents.Candidate(event, new byte[] {1});
    }
}
