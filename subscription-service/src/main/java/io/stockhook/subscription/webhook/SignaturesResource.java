package io.stockhook.subscription.webhook;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/security/signatures}: how a tenant's deliveries are signed. */
@Path("/api/v1/security/signatures")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Security")
@RolesAllowed(Roles.VIEWER)
public class SignaturesResource {

    private final WebhookSignatures signatures;
    private final Caller caller;

    SignaturesResource(WebhookSignatures signatures, Caller caller) {
        this.signatures = signatures;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "List how webhooks sign",
            description =
                    "Each webhook's schemes, public keys, the age of its secret, rotations under way and those that are due."
                            + " `POST /webhooks/{id}/rotate-secret` rotates one.")
    public Page<WebhookSignatureView> list(@BeanParam PageQuery query) {
        return signatures.list(caller.tenantId(), query);
    }
}
