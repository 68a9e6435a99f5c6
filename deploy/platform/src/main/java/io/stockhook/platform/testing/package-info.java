/**
 * The platform for a service's own tests: one broker and one PostgreSQL server per test JVM, a database per service and
 * tokens that a service accepts.
 */
@NullMarked
package io.stockhook.platform.testing;

import org.jspecify.annotations.NullMarked;
