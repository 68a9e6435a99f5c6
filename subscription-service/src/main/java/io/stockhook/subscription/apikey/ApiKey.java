package io.stockhook.subscription.apikey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code api_key}. The key itself is nowhere, only its hash. */
@Entity
class ApiKey {

    @Id
    String id;

    @Column
    String tenantId;

    @Column
    String hash;

    @Column
    String prefix;

    @Column
    String name;

    @Column
    String role;

    @Column
    @Nullable
    Instant expiresAt;

    @Column
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> allowedCidrs;

    @Column
    long version;

    @Column
    Instant createdAt;

    @Column
    Instant updatedAt;
}
