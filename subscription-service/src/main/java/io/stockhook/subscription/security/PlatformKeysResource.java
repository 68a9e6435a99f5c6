package io.stockhook.subscription.security;

import io.stockhook.subscription.masterkey.MasterKeyRotation;
import io.stockhook.subscription.token.TokenKeys;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.problem.Problems;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/security/rotate-key}: the platform's own keys, for its admin. A webhook's are rotated with the webhook. */
@Path("/api/v1/security/rotate-key")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Security")
@RolesAllowed(Roles.ADMIN)
public class PlatformKeysResource {

    private final TokenKeys tokenKeys;
    private final MasterKeyRotation masterKey;
    private final Caller caller;

    PlatformKeysResource(TokenKeys tokenKeys, MasterKeyRotation masterKey, Caller caller) {
        this.tokenKeys = tokenKeys;
        this.masterKey = masterKey;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Show the platform's keys", description = "And how far a rotation of the master key is.")
    public PlatformKeysView show() {
        return new PlatformKeysView(TenantScope.asSystem(tokenKeys::verifying), masterKey.progress());
    }

    @POST
    @Operation(
            summary = "Rotate a key of the platform",
            description =
                    "A signing key is published at once and signs after a notice; the one before verifies until its tokens have"
                            + " expired. For the master key, put the new one in front in the configuration first: then every secret is"
                            + " passed to it in the background, and `GET` shows how far that is.")
    @APIResponse(
            responseCode = "200",
            description = "Rotated, or begun.",
            content = @Content(schema = @Schema(implementation = PlatformKeysView.class)))
    public PlatformKeysView rotateKey(@NotNull @Valid RotateKeyRequest request) {
        if (request.what() == RotateKeyRequest.What.SIGNING) {
            TenantScope.asSystem(() -> tokenKeys.rotate(request.isRevoking()));
        } else if (request.revoke() != null) {
            throw Problems.badField("revoke", "Is for a signing key: without the old master key nothing can be read.");
        } else {
            masterKey.begin(caller.subject());
        }
        return show();
    }
}
