package io.stockhook.delivery.dispatch;

import io.netty.handler.codec.DecoderException;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to addresses that have been checked and reads bounded responses. One for each event loop and only to be called on it,
 * so that an exchange never leaves its thread.
 *
 * <p>The connection goes to the given address while {@code Host} and SNI carry the name, so nothing is resolved a second time.
 * Redirects are not followed. Every exchange ends at its deadline whatever the peer does.
 */
final class HttpPoster {

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_RECORDED_HEADERS = 32;
    private static final int MAX_RECORDED_HEADER_CHARS = 256;
    private static final int MAX_MESSAGE_CHARS = 256;

    private final Vertx vertx;
    private final HttpClient client;
    private final DispatchConfig config;
    private final Clock clock;

    /** @param slots how many requests may be under way, all of them to one host if it so happens */
    HttpPoster(Vertx vertx, DispatchConfig config, int slots, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxWaitQueueSize(slots)
                .setDecompressionSupported(false)
                .setVerifyHost(true);
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(slots));
    }

    /** Sends the request and calls back once, on this event loop, within the time. */
    void post(OutgoingRequest request, InetAddress address, Duration timeout, Handler<Outcome> done) {
        new Exchange(done, timeout).begin(request, address);
    }

    private final class Exchange {
        private final Handler<Outcome> done;
        private final long timer;
        private @Nullable HttpClientRequest request;
        private Buffer body = Buffer.buffer();
        private int bytesRead;
        private int recordedBytes;
        private boolean isOver;

        Exchange(Handler<Outcome> done, Duration timeout) {
            this.done = done;
            this.timer = vertx.setTimer(
                    Math.max(1, timeout.toMillis()),
                    unused -> abort(new Outcome.Failed(
                            ErrorClass.TIMEOUT, "no complete response within " + timeout.toMillis() + " ms")));
        }

        void begin(OutgoingRequest outgoing, InetAddress address) {
            recordedBytes = outgoing.isDebug() ? RecordedRequest.DEBUG_BODY_BYTES : config.recordedResponseBytes();
            RequestOptions options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(
                            new InetSocketAddress(address, outgoing.url().port())))
                    .setHost(outgoing.url().host())
                    .setPort(outgoing.url().port())
                    .setSsl(outgoing.url().isTls())
                    .setURI(outgoing.url().pathAndQuery())
                    .setMethod(HttpMethod.valueOf(outgoing.method()))
                    .setHeaders(outgoing.headers())
                    .setFollowRedirects(false);
            client.request(options)
                    .onSuccess(connected -> send(connected, outgoing.body()))
                    .onFailure(this::fail);
        }

        private void send(HttpClientRequest connected, byte[] content) {
            if (isOver) {
                connected.reset();
                return;
            }
            request = connected;
            connected.send(Buffer.buffer(content)).onSuccess(this::read).onFailure(this::fail);
        }

        private void read(HttpClientResponse response) {
            response.exceptionHandler(this::fail);
            response.handler(chunk -> {
                bytesRead += chunk.length();
                int wanted = recordedBytes - body.length();
                if (wanted > 0) {
                    body.appendBuffer(chunk, 0, Math.min(wanted, chunk.length()));
                }
                if (bytesRead > config.maxResponseBytes()) {
                    // The status is known and the rest is of no use: better to lose the connection than to read on.
                    abort(outcome(response));
                }
            });
            response.endHandler(unused -> finish(outcome(response)));
        }

        private Outcome outcome(HttpClientResponse response) {
            return new Outcome.Responded(
                    response.statusCode(),
                    retryAfter(response.getHeader("Retry-After"), clock.instant()),
                    headers(response),
                    body.length() == 0 ? null : printable(body));
        }

        private void fail(Throwable cause) {
            finish(classify(cause));
        }

        private void abort(Outcome outcome) {
            // First the outcome, then the reset: a reset fails the exchange, and the first to finish it says how it
            // ended.
            finish(outcome);
            if (request != null) {
                request.reset();
            }
        }

        private void finish(Outcome outcome) {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                done.handle(outcome);
            }
        }
    }

    private static Outcome classify(Throwable cause) {
        ErrorClass errorClass;
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            errorClass = ErrorClass.TLS_ERROR;
        } else if (cause instanceof ConnectException) {
            errorClass = ErrorClass.CONNECTION_ERROR;
        } else if (cause instanceof HttpClosedException || cause instanceof IOException) {
            errorClass = ErrorClass.CONNECTION_RESET;
        } else if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
            errorClass = ErrorClass.PROTOCOL_ERROR;
        } else {
            errorClass = ErrorClass.CONNECTION_ERROR;
        }
        String message = String.valueOf(cause.getMessage());
        return new Outcome.Failed(
                errorClass, message.length() > MAX_MESSAGE_CHARS ? message.substring(0, MAX_MESSAGE_CHARS) : message);
    }

    /** Seconds or an HTTP date (RFC 9110, section 10.2.3); anything else is as good as nothing. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        try {
            Duration wait = value.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static Map<String, String> headers(HttpClientResponse response) {
        Map<String, String> recorded = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : response.headers()) {
            if (recorded.size() == MAX_RECORDED_HEADERS) {
                break;
            }
            String value = header.getValue();
            recorded.putIfAbsent(
                    header.getKey().toLowerCase(Locale.ROOT),
                    value.length() > MAX_RECORDED_HEADER_CHARS ? value.substring(0, MAX_RECORDED_HEADER_CHARS) : value);
        }
        return recorded;
    }

    /** The log is text: a NUL, which PostgreSQL's text does not take, becomes the replacement character. */
    private static String printable(Buffer body) {
        return body.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
