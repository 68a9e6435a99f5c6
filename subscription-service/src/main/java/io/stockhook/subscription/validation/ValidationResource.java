package io.stockhook.subscription.validation;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/security/validate}: what is wrong with something, before or after it went wrong. */
@Path("/api/v1/security/validate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Validation", description = "What is wrong with a signature, a payload, a url or a filter.")
@RolesAllowed(Roles.VIEWER)
public class ValidationResource {

    private final ValidationService validations;
    private final Caller caller;

    ValidationResource(ValidationService validations, Caller caller) {
        this.validations = validations;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Say what is wrong",
            description =
                    "A signature against a request as it was received, data against a schema, a url against the rules for addresses, a"
                            + " filter against a sample: any of them, with what is wrong and what would be right. Nothing is stored or"
                            + " sent; a url's name is looked up.")
    public ValidationView validate(@NotNull @Valid ValidationRequest request) {
        return validations.validate(caller.tenantId(), request);
    }
}
