package io.stockhook.web.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is wrong with a JSON body where it is read, so that JSON which fails to be read anywhere else stays the
 * server's own error. An endpoint that takes the body as bytes reads it itself and is left alone.
 */
@Provider
public class JsonBodyInterceptor implements ReaderInterceptor {

    /** Types that take a body as it comes; what it says is then the resource's to judge. */
    private static final Set<Class<?>> RAW = Set.of(byte[].class, String.class, InputStream.class, Reader.class);

    private final UnstorableText unstorable;

    JsonBodyInterceptor(ObjectMapper mapper) {
        this.unstorable = new UnstorableText(mapper.getFactory());
    }

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!isJson(context.getMediaType()) || RAW.contains(context.getType())) {
            return context.proceed();
        }
        byte[] body = context.getInputStream().readAllBytes();
        if (body.length == 0) {
            return noBody(context);
        }
        context.setInputStream(new ByteArrayInputStream(body));
        try {
            Object read = context.proceed();
            unstorable.refuseIn(body);
            return read == null ? noBody(context) : read;
        } catch (InvalidDefinitionException e) {
            throw e; // a type of ours that cannot be read at all
        } catch (JsonProcessingException e) {
            throw JsonProblems.of(e);
        } catch (CharConversionException e) {
            throw Problems.badRequest("The body is not UTF-8.");
        } catch (WebApplicationException e) {
            throw e.getCause() instanceof JsonProcessingException cause ? JsonProblems.of(cause) : e;
        }
    }

    private static @Nullable Object noBody(ReaderInterceptorContext context) {
        if (Arrays.stream(context.getAnnotations()).anyMatch(OptionalBody.class::isInstance)) {
            return null;
        }
        throw Problems.badRequest("A JSON body is needed.");
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }
}
