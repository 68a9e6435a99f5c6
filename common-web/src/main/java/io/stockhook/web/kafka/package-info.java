/** The service's connection to Kafka: client settings and the topics it needs. */
@NullMarked
package io.stockhook.web.kafka;

import org.jspecify.annotations.NullMarked;
