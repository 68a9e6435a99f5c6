package io.stockhook.receiver.mock;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The mock endpoints of a tenant. */
@ApplicationScoped
class MockEndpointRepository implements PanacheRepositoryBase<MockEndpoint, String> {

    /** Those of a tenant after this id, newest last. */
    List<MockEndpoint> listOfTenant(String tenantId, Optional<String> after, int limit) {
        return find("tenantId = ?1 and id > ?2 order by id", tenantId, after.orElse(""))
                .page(0, limit)
                .list();
    }

    /** Empty for what is no identifier at all, too. */
    Optional<MockEndpoint> findOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.NONE);
    }

    /** With its row locked until the transaction ends, so that changes come one after another. */
    Optional<MockEndpoint> lockOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<MockEndpoint> findOfTenant(String tenantId, String id, LockModeType lock) {
        if (!Ids.isA(Ids.Kind.MOCK_ENDPOINT, id)) {
            return Optional.empty();
        }
        return find("tenantId = ?1 and id = ?2", tenantId, id).withLock(lock).firstResultOptional();
    }
}
