/**
 * The parts Stockhook stands on, as plain objects without Docker: a real Kafka broker, a real PostgreSQL server and the
 * services themselves, each a process of its own that can be stopped, killed and started again on the same data.
 *
 * <p>Nothing here knows of Quarkus or of tests; those are in {@code io.stockhook.platform.testing}.
 */
@NullMarked
package io.stockhook.platform;

import org.jspecify.annotations.NullMarked;
