package io.stockhook.subscription.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code tenant}. */
@Entity
class Tenant {

    @Id
    String id;

    @Column
    String name;

    /** Null for the platform's. */
    @Column
    @Nullable
    String payloadFormat;

    @Column
    @Nullable
    Integer retentionDays;

    @Column
    boolean isActive;

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
