package io.stockhook.delivery.admission;

import java.time.Duration;

record FixedAdmissionConfig(Duration maxQueueWait, int maxQueue) implements AdmissionConfig {}
