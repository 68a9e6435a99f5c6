package io.stockhook.web.auth;

import java.util.Map;
import java.util.Set;

/** What the platform's own access tokens look like (RFC 9068), for the service that makes them and for all that read them. */
public final class PlatformTokens {

    /** What signs them: checked in a thirtieth of a millisecond, on every request, and known to every library. */
    public static final String ALGORITHM = "RS256";
    /** Their {@code typ}, which no ID token has. */
    public static final String TYPE = "at+jwt";
    /** The claim with the tenant's id; missing for the platform's admin. */
    public static final String TENANT_CLAIM = "tenant";
    /** The claim with the list of roles. */
    public static final String ROLES_CLAIM = "groups";

    private static final Set<String> ROLES =
            Set.of(Roles.ADMIN, Roles.OWNER, Roles.EDITOR, Roles.VIEWER, Roles.PUBLISHER);

    private PlatformTokens() {}

    static TokenIssuer.Rules rules(AuthConfig config) {
        return new TokenIssuer.Rules(
                "",
                config.issuer(),
                config.audience(),
                ALGORITHM,
                TYPE,
                null,
                TENANT_CLAIM,
                ROLES_CLAIM,
                Map.of(),
                ROLES);
    }
}
