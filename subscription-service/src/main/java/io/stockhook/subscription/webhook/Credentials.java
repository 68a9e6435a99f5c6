package io.stockhook.subscription.webhook;

/**
 * With what another service is asked on a caller's behalf: it judges for itself what the caller may.
 *
 * @param authorization the caller's own header
 * @param address where the caller's request came from, against which its key's {@code allowed_cidrs} are held
 */
record Credentials(String authorization, String address) {}
