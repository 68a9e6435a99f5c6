package io.stockhook.delivery.dispatch;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Tells from what an exchange failed with which class of failure that is. Pure. */
final class Failures {

    private static final int MAX_MESSAGE_CHARS = 256;
    private static final int MAX_CAUSES = 8;

    private Failures() {}

    /**
     * The failed attempt.
     *
     * @param isConnected whether there was a connection, handshake included, when it failed
     */
    static Outcome.Failed of(Throwable cause, boolean isConnected) {
        return new Outcome.Failed(isConnected ? ofExchange(cause) : ofConnect(cause), message(cause));
    }

    private static ErrorClass ofConnect(Throwable cause) {
        if (cause instanceof TimeoutException || has(cause, SslHandshakeTimeoutException.class)) {
            return ErrorClass.TIMEOUT;
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return ErrorClass.CONNECTION_ERROR;
        }
        if (has(cause, SSLException.class)) {
            return ErrorClass.TLS_ERROR;
        }
        return hasReset(cause) ? ErrorClass.CONNECTION_RESET : ErrorClass.CONNECTION_ERROR;
    }

    private static ErrorClass ofExchange(Throwable cause) {
        if (has(cause, SSLException.class)) {
            return ErrorClass.TLS_ERROR;
        }
        if (cause instanceof TimeoutException) {
            return ErrorClass.TIMEOUT;
        }
        if (cause instanceof HttpClosedException
                || cause instanceof StreamResetException
                || cause instanceof PrematureChannelClosureException
                || cause instanceof IOException) {
            return ErrorClass.CONNECTION_RESET;
        }
        // What Netty's decoders and Vert.x say of bytes that are no HTTP, or not the HTTP that was asked for.
        if (cause instanceof DecoderException
                || cause instanceof Http2Exception
                || cause instanceof IllegalArgumentException
                || cause instanceof IllegalStateException
                || cause instanceof IndexOutOfBoundsException
                || cause instanceof VertxException) {
            return ErrorClass.PROTOCOL_ERROR;
        }
        return ErrorClass.CONNECTION_ERROR;
    }

    /** A server may accept and reset before the connection is seen as made. */
    private static boolean hasReset(Throwable cause) {
        return cause instanceof IOException
                && cause.getMessage() != null
                && cause.getMessage().contains("reset");
    }

    private static boolean has(Throwable cause, Class<? extends Throwable> type) {
        Throwable each = cause;
        for (int i = 0; each != null && i < MAX_CAUSES; i++) {
            if (type.isInstance(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        for (int i = 0; root.getCause() != null && i < MAX_CAUSES; i++) {
            root = root.getCause();
        }
        return root;
    }

    /** The innermost message says what is wrong with a certificate; the outer ones say that something is. */
    private static String message(Throwable cause) {
        Throwable root = root(cause);
        String message = root.getMessage() == null ? cause.getMessage() : root.getMessage();
        String text = message == null ? cause.getClass().getSimpleName() : message;
        return text.length() > MAX_MESSAGE_CHARS ? text.substring(0, MAX_MESSAGE_CHARS) : text;
    }
}
