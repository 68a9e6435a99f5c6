package io.stockhook.subscription.eventtype;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code event_type}: a tenant's own type. */
@Entity
class EventType {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column
    String tenantId;

    @Column
    String name;

    @Column
    String displayName;

    @Column
    @Nullable
    String description;

    @Column
    String category;

    @Column
    boolean deprecated;

    @Column
    @Nullable
    String deprecationReason;

    @Column
    @Nullable
    String replacement;

    @Column
    int latestVersion;

    /** Raised by every change, of the type or of its versions. */
    @Column
    long revision;

    @Column
    Instant createdAt;

    @Column
    Instant updatedAt;
}
