package io.stockhook.subscription.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code tenant}. */
@Entity
class Tenant {

    @Id
    String id;

    @Column
    String name;

    @Column
    String payloadFormat;

    @Column
    @Nullable
    Integer retentionDays;

    @Column
    long version;

    @Column
    Instant createdAt;

    @Column
    Instant updatedAt;
}
