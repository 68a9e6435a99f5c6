package io.stockhook.subscription.token;

import io.stockhook.subscription.audit.SecurityEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/auth/token}: OAuth 2.0 client credentials, the client being an API key. */
@Path("/api/v1/auth/token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tokens", description = "API keys exchanged for short-lived access tokens.")
@PermitAll
public class TokenResource {

    private final TokenService tokens;
    private final Event<SecurityEvent> events;
    private final HttpServerRequest incoming;

    TokenResource(TokenService tokens, Event<SecurityEvent> events, HttpServerRequest incoming) {
        this.tokens = tokens;
        this.events = events;
        this.incoming = incoming;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(
            summary = "Get an access token",
            description =
                    "OAuth 2.0 client credentials (RFC 6749, section 4.4). The client is an API key: its id is the `client_id`, the"
                            + " key itself the `client_secret`, sent by HTTP Basic or in the body. `scope` narrows the token to roles that"
                            + " the key's role includes. The token is good on every service, for a quarter of an hour as a rule, and ends"
                            + " with its key.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = String.class),
                            examples =
                                    @ExampleObject(
                                            name = "client credentials",
                                            value =
                                                    "grant_type=client_credentials&client_id=key_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f&client_secret=shk_...&scope=viewer")))
    @APIResponse(
            responseCode = "200",
            description = "The token.",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    @APIResponse(
            responseCode = "400",
            description = "`invalid_request`, `unsupported_grant_type` or `invalid_scope`.",
            content = @Content(schema = @Schema(implementation = TokenError.Body.class)))
    @APIResponse(
            responseCode = "401",
            description = "`invalid_client`: the key is not known, expired, or not for this address.",
            content = @Content(schema = @Schema(implementation = TokenError.Body.class)))
    @APIResponse(
            responseCode = "429",
            description = "`too_many_requests`: too many were refused, or given. `Retry-After` says how long to wait.",
            content = @Content(schema = @Schema(implementation = TokenError.Body.class)))
    public Response token(
            MultivaluedMap<String, String> form,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        InetAddress from = address();
        try {
            tokens.requireFewRefusals(from);
            TokenRequest request = TokenRequest.of(form, authorization);
            TokenView token = tokens.issue(request, from);
            events.fire(SecurityEvent.of("token.issue", request.clientId(), "scope " + token.scope()));
            return Response.ok(token)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("Pragma", "no-cache")
                    .build();
        } catch (TokenError e) {
            if (e.isInvalidClient()) {
                tokens.countRefusal(from);
            }
            String reason = String.valueOf(e.getMessage());
            events.fire(SecurityEvent.of("token.refuse", String.valueOf(form.getFirst("client_id")), reason));
            return e.answer();
        }
    }

    private @Nullable InetAddress address() {
        try {
            return incoming.remoteAddress() == null
                    ? null
                    : InetAddress.getByName(incoming.remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address literal needs no look-up", e);
        }
    }
}
