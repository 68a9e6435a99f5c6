package io.stockhook.web.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.BlockingOperationControl;
import io.stockhook.events.Sha256;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works {@link Idempotent}: takes the key before the resource is called, keeps its answer after. */
@Provider
@Idempotent
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String GRANTED = Claim.Granted.class.getName();
    private static final String PLATFORM = "*";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IdempotencyKeys keys;
    private final CurrentClaim current;
    private final Caller caller;
    private final ObjectMapper json;

    IdempotencyFilter(IdempotencyKeys keys, CurrentClaim current, Caller caller, ObjectMapper json) {
        this.keys = keys;
        this.current = current;
        this.caller = caller;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(Idempotent.HEADER);
        if (key == null) {
            return;
        }
        KeyRule.require(key);
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException("@Idempotent needs a blocking endpoint");
        }
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));

        // As it was sent: decoded, two paths may be one, and hold what cannot be stored.
        String route =
                request.getMethod() + ' ' + request.getUriInfo().getRequestUri().getRawPath();
        var use = new KeyUse(caller.tenant().orElse(PLATFORM), route, key);
        Claim claim =
                keys.claim(use, sha256(request.getUriInfo().getRequestUri().getRawQuery(), body));
        if (claim instanceof Claim.Granted granted) {
            request.setProperty(GRANTED, claim);
            current.set(granted);
        } else if (claim instanceof Claim.Answered answered) {
            request.abortWith(replay(answered.answer()));
        } else if (claim instanceof Claim.OtherBody) {
            throw Problems.conflict(Idempotent.HEADER, "The key was used with another request.");
        } else if (claim instanceof Claim.Done) {
            throw Problems.conflict(
                    Idempotent.HEADER, "The request with this key was carried out, but its answer has been lost.");
        } else {
            throw Problems.inProgress("The first request with this key is still being worked on.", RETRY_AFTER);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!(request.getProperty(GRANTED) instanceof Claim.Granted granted)) {
            return;
        }
        current.forget();
        if (response.getStatusInfo().getFamily() != Family.SUCCESSFUL) {
            keys.free(granted);
            return;
        }
        keys.answer(granted, new Answer(response.getStatus(), headersOf(response), bodyOf(response)));
    }

    private static Map<String, List<String>> headersOf(ContainerResponseContext response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.getStringHeaders().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        headers.remove(HttpHeaders.CONTENT_TYPE);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        return headers;
    }

    private byte[] bodyOf(ContainerResponseContext response) throws JsonProcessingException {
        Object entity = response.getEntity();
        return entity == null ? new byte[0] : json.writeValueAsBytes(entity);
    }

    private static Response replay(Answer answer) {
        var response = Response.status(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        response.header(Idempotent.REPLAYED, true);
        if (answer.body().length > 0) {
            response.type(MediaType.APPLICATION_JSON_TYPE).entity(answer.body());
        }
        return response.build();
    }

    private static byte[] sha256(@Nullable String query, byte[] body) {
        MessageDigest digest = Sha256.digest();
        if (query != null) {
            digest.update(query.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
        return digest.digest(body);
    }
}
