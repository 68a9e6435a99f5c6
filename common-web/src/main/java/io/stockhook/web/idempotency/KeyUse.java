package io.stockhook.web.idempotency;

/**
 * One key, where it is used.
 *
 * @param tenantId whose it is; {@code *} for the platform's admin
 * @param route method and path, without the query
 * @param key as sent
 */
record KeyUse(String tenantId, String route, String key) {

    /** What binds a stored answer to this use, so that it decrypts nowhere else. */
    String asText() {
        return String.join("\n", "idempotency", tenantId, route, key);
    }
}
