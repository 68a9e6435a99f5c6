package io.stockhook.subscription.token;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The signing keys of the platform. They are no tenant's: a transaction sees them as the system only. */
@ApplicationScoped
class TokenKeyRepository implements PanacheRepositoryBase<TokenKey, String> {

    /** Serialises whoever makes, replaces or ends keys, over all instances, until the transaction's end. */
    void lock() {
        getEntityManager()
                .createNativeQuery("select pg_advisory_xact_lock(hashtext('stockhook.token_key'))")
                .getSingleResult();
    }

    /** The newest first. */
    List<TokenKey> listNewestFirst() {
        return listAll(Sort.descending("signsFrom", "kid"));
    }
}
