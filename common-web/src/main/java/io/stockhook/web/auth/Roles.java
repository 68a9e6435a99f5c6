package io.stockhook.web.auth;

import java.util.Map;
import java.util.Set;

/**
 * What a caller may do, as named in {@code @RolesAllowed}.
 *
 * <p>Within a tenant a role includes those below it: an owner may do what an editor may, an editor what a viewer and a
 * publisher may. So an endpoint names the least role that suffices. {@link #ADMIN} stands apart: it runs the platform and
 * includes no role of a tenant.
 */
public final class Roles {

    /** Runs the platform: tenants and what concerns all of them. */
    public static final String ADMIN = "admin";

    /** Runs a tenant: keys, secrets, settings, audit. */
    public static final String OWNER = "owner";

    /** Creates, changes and deletes what the tenant has. */
    public static final String EDITOR = "editor";

    /** Reads what the tenant has. */
    public static final String VIEWER = "viewer";

    /** Publishes events and does nothing else. */
    public static final String PUBLISHER = "publisher";

    private static final Map<String, Set<String>> INCLUDED =
            Map.of(OWNER, Set.of(EDITOR, VIEWER, PUBLISHER), EDITOR, Set.of(VIEWER, PUBLISHER));

    private Roles() {}

    /** The roles that come with this one, itself aside. */
    public static Set<String> includedIn(String role) {
        return INCLUDED.getOrDefault(role, Set.of());
    }
}
