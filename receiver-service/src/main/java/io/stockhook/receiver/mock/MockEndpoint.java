package io.stockhook.receiver.mock;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a mock endpoint. */
@Entity
@Table(name = "mock_endpoint")
class MockEndpoint {

    @Id
    String id;

    @Column(name = "tenant_id", updatable = false)
    String tenantId;

    @Column(name = "name")
    String name;

    @Column(name = "secret_encrypted")
    @Nullable
    String secretEncrypted;

    @Column(name = "public_key")
    @Nullable
    String publicKey;

    @Column(name = "header_prefix")
    String headerPrefix;

    @Column(name = "responses")
    String responses;

    @Column(name = "version")
    long version;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
