package io.stockhook.subscription.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code token_key}. */
@Entity
class TokenKey {

    @Id
    String kid;

    @Column
    String publicKey;

    /** Encrypted, bound to the kid. */
    @Column
    String privateKey;

    @Column
    Instant signsFrom;

    @Column
    @Nullable
    Instant verifiesUntil;

    @Column
    Instant createdAt;
}
