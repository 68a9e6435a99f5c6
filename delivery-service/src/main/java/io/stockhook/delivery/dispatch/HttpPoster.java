package io.stockhook.delivery.dispatch;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.auth.EndpointAuth;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to addresses that have been checked and reads bounded responses. One for each event loop and only to be called on it,
 * so that an exchange never leaves its thread.
 *
 * <p>The connection goes to the given address while {@code Host} and SNI carry the name, so nothing is resolved a second time.
 * Redirects are not followed. Every exchange ends at its deadline whatever the peer does.
 */
final class HttpPoster {

    private static final Logger LOG = Logger.getLogger(HttpPoster.class);
    private static final int MAX_RECORDED_HEADERS = 32;
    private static final int MAX_RECORDED_HEADER_CHARS = 256;
    private static final int FIRST_FINAL_STATUS = 200;

    private final Vertx vertx;
    private final HttpClient plain;
    private final HttpClient tls;
    private final MutualTlsClients mutualTls;
    private final Connections connections;
    private final DispatchConfig config;
    private final Clock clock;

    /** @param slots how many requests may be under way, all of them to one host if it so happens */
    HttpPoster(Vertx vertx, HttpClients clients, DispatchConfig config, int slots, Clock clock) {
        this.vertx = vertx;
        this.plain = clients.plain(slots);
        this.tls = clients.tls(slots);
        this.mutualTls = new MutualTlsClients(
                clients.share(config.maxMutualTlsClients(), slots), identity -> clients.mutualTls(identity, slots));
        this.connections = new Connections(
                clients.share(config.maxConnections(), slots),
                config.maxConnectionAge(),
                config.keepAlive(),
                System::nanoTime);
        this.config = config;
        this.clock = clock;
    }

    /**
     * A certificate to present.
     *
     * @param endpointId whose connections carry it
     * @param auth the certificate and its key
     */
    record Identity(String endpointId, EndpointAuth.MutualTls auth) {}

    /**
     * Sends the request and calls back once, on this event loop, within the time.
     *
     * @param identity the certificate to present; null for none
     * @param keptBytes how many bytes of the response's body the outcome is to hold
     */
    void post(
            OutgoingRequest request,
            InetAddress address,
            @Nullable Identity identity,
            Duration timeout,
            int keptBytes,
            Handler<Outcome> done) {
        Exchange exchange = new Exchange(done, timeout, keptBytes);
        try {
            exchange.begin(request, address, identity);
        } catch (RuntimeException e) {
            // Whoever called may be a callback of its own, so that nobody would hear of it.
            LOG.errorf(e, "a request could not be begun: host=%s", request.url().host());
            exchange.finish(new Outcome.Failed(ErrorClass.INTERNAL_ERROR, "see the log of delivery-service"));
        }
    }

    /** How many connections are open. */
    int openConnections() {
        return connections.size();
    }

    private final class Exchange {
        private final Handler<Outcome> done;
        private final long timeoutMs;
        private final long timer;
        private final int keptBytes;
        private @Nullable HttpClientRequest request;
        private MutualTlsClients.@Nullable Lease lease;
        private Buffer body = Buffer.buffer();
        private int bytesRead;
        private long sentAt;
        private boolean isSent;
        private boolean isOver;

        Exchange(Handler<Outcome> done, Duration timeout, int keptBytes) {
            this.done = done;
            this.keptBytes = keptBytes;
            this.timeoutMs = Math.max(1, timeout.toMillis());
            this.timer = vertx.setTimer(
                    timeoutMs,
                    unused -> abort(new Outcome.Failed(
                            ErrorClass.TIMEOUT, "no complete response within " + timeoutMs + " ms")));
        }

        void begin(OutgoingRequest outgoing, InetAddress address, @Nullable Identity identity) {
            RequestOptions options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(
                            new InetSocketAddress(address, outgoing.url().port())))
                    .setHost(outgoing.url().host())
                    .setPort(outgoing.url().port())
                    .setSsl(outgoing.url().isTls())
                    .setURI(outgoing.url().pathAndQuery())
                    .setMethod(HttpMethod.valueOf(outgoing.method()))
                    .setHeaders(outgoing.headers())
                    .setFollowRedirects(false)
                    .setConnectTimeout(timeoutMs);
            client(outgoing.url().isTls(), identity)
                    .request(options)
                    .onSuccess(connected -> send(connected, outgoing))
                    .onFailure(this::fail);
        }

        private HttpClient client(boolean isTls, @Nullable Identity identity) {
            if (!isTls) {
                return plain;
            }
            if (identity == null) {
                return tls;
            }
            lease = mutualTls.use(identity.endpointId(), identity.auth());
            return lease.client();
        }

        private void send(HttpClientRequest connected, OutgoingRequest outgoing) {
            if (isOver) {
                connected.reset();
                return;
            }
            request = connected;
            EndpointUrl url = outgoing.url();
            if (url.host().indexOf(':') >= 0) {
                connected.authority(HostAndPort.create("[" + url.host() + "]", url.port())); // RFC 3986, section 3.2.2
            }
            sentAt = System.nanoTime();
            outgoing.timings().connected();
            connections.use(connected.connection());
            connected
                    .response()
                    .onSuccess(response -> {
                        outgoing.timings().answered();
                        read(response);
                    })
                    .onFailure(this::fail);
            connected.end(Buffer.buffer(outgoing.body())).onSuccess(unused -> isSent = true);
        }

        private void read(HttpClientResponse response) {
            response.exceptionHandler(this::fail);
            connections.answered(response.request().connection());
            if (response.statusCode() < FIRST_FINAL_STATUS) {
                abort(new Outcome.Failed(
                        ErrorClass.PROTOCOL_ERROR,
                        "status " + response.statusCode() + " is no answer to what was asked"));
                return;
            }
            response.handler(chunk -> {
                bytesRead += chunk.length();
                int wanted = keptBytes - body.length();
                if (wanted > 0) {
                    body.appendBuffer(chunk, 0, Math.min(wanted, chunk.length()));
                }
                if (bytesRead > config.maxResponseBytes()) {
                    // The status is known and the rest is of no use: better to lose the connection than to read on.
                    abort(outcome(response));
                }
            });
            response.endHandler(unused -> end(response));
        }

        private void end(HttpClientResponse response) {
            if (isSent) {
                finish(outcome(response));
            } else {
                // It answered without having read the request, whose rest would be in the way of the next one.
                abort(outcome(response));
            }
        }

        private Outcome outcome(HttpClientResponse response) {
            return new Outcome.Responded(
                    response.statusCode(),
                    retryAfter(response.getHeader("Retry-After"), clock.instant()),
                    headers(response),
                    body.length() == 0 ? null : printable(body));
        }

        private void fail(Throwable cause) {
            finish(Failures.of(cause, request != null));
        }

        private void abort(Outcome outcome) {
            // First the outcome, then the reset: a reset fails the exchange, and the first to finish it says how it
            // ended.
            finish(outcome);
            if (request != null) {
                HttpClientConnection connection = (HttpClientConnection) request.connection();
                if (isLost(request, connection)) {
                    cutOff(connection.channel());
                } else {
                    request.reset();
                }
            }
        }

        /**
         * Whether the connection is of no more use. HTTP/1.1 loses it with any reset, but an orderly one waits for what is still to be
         * written. HTTP/2 keeps it, for others may share it, unless it brings nothing any more: every later request would go out on it.
         */
        private boolean isLost(HttpClientRequest reset, HttpClientConnection connection) {
            return reset.version() == HttpVersion.HTTP_2
                    ? !connection.channel().isWritable() || !connections.hasAnsweredSince(connection, sentAt)
                    : !isSent;
        }

        private void finish(Outcome outcome) {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                if (request != null) {
                    connections.release(request.connection());
                }
                if (lease != null) {
                    mutualTls.release(lease);
                }
                done.handle(outcome);
            }
        }
    }

    /**
     * Ends a connection whose peer does not read. Any orderly end, of Vert.x, TLS or TCP, would wait behind what is still to be written,
     * so the first handler is passed by and the socket reset.
     */
    private static void cutOff(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
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
