package io.stockhook.web.edge;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the reading of a body that turns out longer than is taken, with the same problem as for one that announces its length. In
 * place of the server's own limit, which cuts the connection without a word ({@link EdgeRoutes} lifts it).
 */
@Provider
@Priority(0) // before anything that reads
public class BodyLimit implements ContainerRequestFilter {

    private final long max;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.max = max.asLongValue();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        // A length that is announced was checked before, and no more than it is ever read.
        if (request.getHeaderString(HttpHeaders.CONTENT_LENGTH) == null && request.hasEntity()) {
            request.setEntityStream(new Limited(request.getEntityStream(), max));
        }
    }

    /** 413: the body is longer than is taken. */
    static HttpProblem problem(long max) {
        return Problems.of("content-too-large", "Content too large", Status.REQUEST_ENTITY_TOO_LARGE)
                .withDetail("The body may have %d bytes.".formatted(max))
                .build();
    }

    private static final class Limited extends FilterInputStream {

        private final long max;
        private long read;

        Limited(InputStream body, long max) {
            super(body);
            this.max = max;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > max) {
                throw problem(max);
            }
        }
    }
}
