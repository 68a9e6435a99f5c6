package io.stockhook.platform;

/**
 * Where and as whom a service connects.
 *
 * @param jdbcUrl without credentials
 * @param username the role that owns the database; not a superuser, so that row-level security binds it
 * @param password in clear
 */
public record Database(String jdbcUrl, String username, String password) {

    @Override
    public String toString() {
        return jdbcUrl + " as " + username;
    }
}
