package io.stockhook.web.auth;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An issuer of tokens other than the platform itself, an OpenID provider for example. One of jwks-url and public-key is given. */
public interface IssuerConfig {

    /** What its tokens have in {@code iss}, character for character. */
    String issuer();

    /** What its tokens have to have among their {@code aud}. */
    String audience();

    /** The one algorithm that its tokens may be signed with: one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512. */
    @WithDefault("RS256")
    String algorithm();

    /** Where it publishes its keys (RFC 7517); https, or http on a loopback address. */
    Optional<URI> jwksUrl();

    /** Its only key, as base64 of the {@code SubjectPublicKeyInfo}, for an issuer without a JWKS. */
    Optional<String> publicKey();

    /** The tenant that all its tokens act for; if it is given, their tenant claim means nothing. */
    Optional<String> tenant();

    /** The claim with the tenant's id; {@code a.b} is the member b of the claim a, unless there is a claim of that whole name. */
    @WithDefault("tenant")
    String tenantClaim();

    /** The claim with the role or the list of roles, named as the tenant's is. */
    @WithDefault("groups")
    String rolesClaim();

    /** What its values mean, where they are not the names of roles: a value of the claim to a role. */
    Map<String, String> roleNames();

    /** The roles that it may give; others that its tokens name are passed over. */
    @WithDefault("owner,editor,viewer,publisher")
    Set<String> roles();
}
