/** Mock endpoints: a place to point a webhook at, which records, verifies and answers as told. */
@NullMarked
package io.stockhook.receiver.mock;

import org.jspecify.annotations.NullMarked;
