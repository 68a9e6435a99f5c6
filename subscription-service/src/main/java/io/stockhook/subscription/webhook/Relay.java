package io.stockhook.subscription.webhook;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Passes delivery-service's answers on as they are: those to a good request, and those that say what is wrong with one. Anything else means
 * that it is away. The client bounds the wait, and this class the length.
 */
final class Relay {

    /** The longest answer that is passed on: more than a page of 200 log entries has. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> THE_CALLERS = Set.of(400, 404, 409, 413, TOO_MANY_REQUESTS);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(Relay.class);

    private Relay() {}

    /**
     * What the call is answered with.
     *
     * @throws HttpProblem 503 if there is no answer that could be passed on, 403 if the caller may not
     */
    static Answer of(Supplier<RestResponse<InputStream>> call) {
        try (RestResponse<InputStream> answer = call.get()) {
            return new Answer(
                    answer.getStatus(),
                    bytes(answer.getEntity()),
                    MediaType.APPLICATION_JSON,
                    answer.getHeaderString(HttpHeaders.LINK),
                    null);
        } catch (WebApplicationException e) {
            return refusal(e.getResponse());
        } catch (ProcessingException | IOException e) {
            LOG.warnf("delivery-service does not answer: %s", e.getMessage());
            throw Problems.unavailable("delivery-service does not answer; deliveries may go on.", RETRY_AFTER);
        }
    }

    /**
     * An answer to be passed on.
     *
     * @param link its {@code Link} header; null if it has none
     * @param retryAfter its {@code Retry-After} header; null if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one answer and handed on
    record Answer(
            int status,
            byte[] body,
            String mediaType,
            @Nullable String link,
            @Nullable String retryAfter) {

        /** The answer with this {@code Link} header in place of delivery-service's, whose paths are not the caller's. */
        Response linked(@Nullable String to) {
            return Response.status(status)
                    .type(mediaType)
                    .entity(body)
                    .header(HttpHeaders.LINK, to)
                    .header(HttpHeaders.RETRY_AFTER, retryAfter)
                    .build();
        }
    }

    private static Answer refusal(Response answer) {
        int status = answer.getStatus();
        if (status == Status.FORBIDDEN.getStatusCode() || status == Status.UNAUTHORIZED.getStatusCode()) {
            throw Problems.forbidden("delivery-service does not let this caller.");
        }
        if (!THE_CALLERS.contains(status)) {
            LOG.warnf("delivery-service cannot answer: status=%d", status);
            throw Problems.unavailable("delivery-service cannot answer now; deliveries may go on.", RETRY_AFTER);
        }
        return new Answer(
                status,
                answer.readEntity(byte[].class),
                HttpProblem.MEDIA_TYPE.toString(),
                null,
                answer.getHeaderString(HttpHeaders.RETRY_AFTER));
    }

    private static byte[] bytes(InputStream entity) throws IOException {
        byte[] bytes = entity.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("an answer of more than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }
}
