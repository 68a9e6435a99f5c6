/**
 * The launcher behind {@code deploy/local/up}: starts everything on this machine, puts the {@linkplain
 * io.stockhook.local.frontdoor front door} before it, and stops what it started.
 */
@NullMarked
package io.stockhook.local;

import org.jspecify.annotations.NullMarked;
