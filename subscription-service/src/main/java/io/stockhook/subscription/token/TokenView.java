package io.stockhook.subscription.token;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token as it is answered (RFC 6749, section 5.1).
 *
 * @param expiresIn for how many seconds it is good
 * @param scope its roles, separated by blanks
 */
@Schema(name = "AccessToken", description = "A token for the header Authorization (RFC 6749, section 5.1).")
record TokenView(
        @Schema(
                description = "The token, a JWT: `Authorization: Bearer` takes it on every service.",
                examples =
                        "eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IjVmMWMuLi4ifQ.eyJpc3MiOiJodHRwczovL3N0b2NraG9vay5sb2NhbCJ9.c2ln")
        String accessToken,

        @Schema(description = "Always `Bearer`.", examples = "Bearer")
        String tokenType,

        @Schema(description = "For how many seconds it is good.", examples = "900")
        long expiresIn,

        @Schema(description = "What its bearer may do: roles, separated by blanks.", examples = "editor")
        String scope) {

    @Override
    public String toString() {
        return "token with scope " + scope;
    }
}
