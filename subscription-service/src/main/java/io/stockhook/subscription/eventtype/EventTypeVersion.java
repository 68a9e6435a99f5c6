package io.stockhook.subscription.eventtype;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code event_type_version}: never changed, only added. */
@Entity
class EventTypeVersion {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column
    Long eventTypeId;

    @Column
    String tenantId;

    @Column
    int version;

    @Column
    @Nullable
    String description;

    @Column
    @Nullable
    String payloadSchema;

    @Column
    @Nullable
    String examplePayload;

    @Column
    @Nullable
    String downgrade;

    @Column
    Instant createdAt;
}
