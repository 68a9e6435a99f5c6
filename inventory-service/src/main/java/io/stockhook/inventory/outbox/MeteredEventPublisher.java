package io.stockhook.inventory.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.interceptor.Interceptor;
import java.time.Instant;

/** Counts what is published. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
class MeteredEventPublisher implements EventPublisher {

    private final EventPublisher delegate;
    private final MeterRegistry meters;

    MeteredEventPublisher(@Any @Delegate EventPublisher delegate, MeterRegistry meters) {
        this.delegate = delegate;
        this.meters = meters;
    }

    @Override
    public void publish(String type, String tenantId, String subject, Instant time, Record data) {
        delegate.publish(type, tenantId, subject, time, data);
        meters.counter(InventoryMetrics.EVENTS, InventoryMetrics.TYPE, type).increment();
    }
}
