package io.stockhook.web.idempotency;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a creating {@code POST}: honours {@value #HEADER}.
 *
 * <p>The same key with the same body is answered with the first answer again, marked {@value #REPLAYED}; with another
 * body, or while the first is still being worked on, with 409. Without the header nothing changes. Only answers of 2xx are
 * kept, for a day; any other frees the key. Keys belong to a tenant and a path.
 *
 * <p>What the request does is done once even if the process ends before its answer is kept: the key is marked in the request's
 * transaction. So a request should have one transaction; a failure after its commit does not free the key. A key whose answer has
 * been lost is answered with 409.
 *
 * <p>The endpoint must be a blocking one, since the keys are in the service's database, whose Flyway locations must
 * contain {@code classpath:db/common}.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Idempotent {

    /** The request header with the key: 1 to 255 visible ASCII characters. */
    String HEADER = "Idempotency-Key";

    /** The response header, {@code true} on an answer given before. */
    String REPLAYED = "Idempotent-Replayed";
}
