/** Publishing events: read, told apart from repeats, kept until Kafka has acknowledged them. */
@NullMarked
package io.stockhook.receiver.event;

import org.jspecify.annotations.NullMarked;
