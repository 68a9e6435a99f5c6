package io.stockhook.delivery.admission;

import java.time.Duration;

record FixedAdmissionConfig(Duration maxQueueWait, Duration slowAttempt) implements AdmissionConfig {

    static final FixedAdmissionConfig DEFAULT = new FixedAdmissionConfig(Duration.ofSeconds(1), Duration.ofSeconds(1));
}
