package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCheckTests {

    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String PUBLIC = "93.184.216.34";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final ThreadPoolExecutor resolvers =
            new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(3));

    @AfterEach
    void close() {
        resolvers.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aPublicAddressIsThere() throws Exception {
        // When
        AddressCheck.Result result = check(host -> addresses(host, PUBLIC, "8.8.8.8"));

        // Then
        assertThat(result.refusal()).isNull();
        assertThat(result.address()).isEqualTo(InetAddress.getByName(PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "2001:db8::1"
            })
    void oneAddressThatIsNotPublicRefusesTheName(String hidden) {
        // When
        AddressCheck.Result last = check(host -> addresses(host, PUBLIC, "8.8.8.8", hidden));
        AddressCheck.Result first = check(host -> addresses(host, hidden, PUBLIC));

        // Then
        assertThat(classOf(last)).isEqualTo(ErrorClass.ADDRESS_REFUSED);
        assertThat(classOf(first)).isEqualTo(ErrorClass.ADDRESS_REFUSED);
        assertThat(last.address()).isNull();
    }

    @Test
    void aNameIsAskedForAnewAtEachAttempt() {
        // Given
        AtomicInteger asked = new AtomicInteger();
        AddressCheck rebinding = new AddressCheck(
                PUBLIC_ONLY, host -> addresses(host, asked.getAndIncrement() == 0 ? PUBLIC : "127.0.0.1"), resolvers);

        // When
        AddressCheck.Result before =
                begin(rebinding, "rebind.example.com", TIMEOUT).join();
        AddressCheck.Result after =
                begin(rebinding, "rebind.example.com", TIMEOUT).join();

        // Then
        assertThat(before.refusal()).isNull();
        assertThat(classOf(after)).isEqualTo(ErrorClass.ADDRESS_REFUSED);
    }

    /** Nothing that connects can look the name up once more, because it is not told it. */
    @Test
    void theCheckedAddressCarriesNoName() {
        // When
        AddressCheck.Result result = check(host -> addresses(host, PUBLIC));

        // Then
        assertThat(result.address()).hasToString("/" + PUBLIC);
    }

    @Test
    void aNameWithoutAddressIsADnsError() {
        // When
        AddressCheck.Result result = check(host -> {
            throw new UnknownHostException(host);
        });

        // Then
        assertThat(classOf(result)).isEqualTo(ErrorClass.DNS_ERROR);
    }

    @Test
    void aNameServerThatHangsCountsAgainstTheTimeout() {
        // Given
        CountDownLatch never = new CountDownLatch(1);

        // When
        long begun = System.nanoTime();
        AddressCheck.Result result = begin(
                        hanging(never, new AtomicInteger()), "hangs.example.com", Duration.ofMillis(200))
                .join();

        // Then
        assertThat(classOf(result)).isEqualTo(ErrorClass.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(190), Duration.ofSeconds(1));
    }

    @Test
    void attemptsThatComeTogetherShareALookUp() {
        // Given
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger lookups = new AtomicInteger();
        AddressCheck check = hanging(answer, lookups);

        // When
        List<CompletableFuture<AddressCheck.Result>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(begin(check, "shared.example.com", TIMEOUT));
        }
        await().atMost(TIMEOUT).until(() -> lookups.get() == 1);
        answer.countDown();

        // Then
        assertThat(results)
                .allSatisfy(result -> assertThat(result.join().refusal()).isNull());
        assertThat(lookups).hasValue(1);
    }

    @Test
    void namesPastTheQueueAreRefusedAtOnceAndOthersServedLater() {
        // Given
        CountDownLatch answer = new CountDownLatch(1);
        AddressCheck check = hanging(answer, new AtomicInteger());

        // When
        List<CompletableFuture<AddressCheck.Result>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            results.add(begin(check, "host-" + i + ".example.com", TIMEOUT));
        }

        // Then
        await().atMost(Duration.ofSeconds(1))
                .until(() -> results.stream().filter(CompletableFuture::isDone).count() == 5);
        assertThat(results.stream().filter(CompletableFuture::isDone))
                .allSatisfy(refused -> assertThat(classOf(refused.join())).isEqualTo(ErrorClass.DNS_ERROR));
        answer.countDown();
        assertThat(results.stream().filter(result -> result.join().refusal() == null))
                .hasSize(5);
        AddressCheck.Result later = begin(check, "host-9.example.com", TIMEOUT).join();
        assertThat(later.refusal()).isNull();
    }

    @Test
    void plainHttpGoesToAllowedRangesOnly() {
        // Given
        EndpointUrl plain = new EndpointUrl(false, "intranet.example.com", 80, "/", null);
        AddressCheck check = new AddressCheck(
                new AddressPolicy(List.of("10.0.0.0/8")),
                host -> addresses(host, host.startsWith("intranet") ? "10.0.0.1" : PUBLIC),
                resolvers);

        // When
        AddressCheck.Result allowed = begin(check, plain, TIMEOUT).join();
        AddressCheck.Result refused = begin(check, new EndpointUrl(false, "www.example.com", 80, "/", null), TIMEOUT)
                .join();

        // Then
        assertThat(allowed.refusal()).isNull();
        assertThat(classOf(refused)).isEqualTo(ErrorClass.ADDRESS_REFUSED);
    }

    @Test
    void aLiteralAddressIsAnsweredAtOnceWithoutALookUp() {
        // Given
        EndpointUrl url = EndpointUrl.parse("https://93.184.216.34/", PUBLIC_ONLY);
        AddressCheck check = new AddressCheck(
                PUBLIC_ONLY,
                host -> {
                    throw new AssertionError("looked up " + host);
                },
                resolvers);
        List<AddressCheck.Result> results = new ArrayList<>();

        // When
        check.check(url, context, TIMEOUT, results::add);

        // Then
        assertThat(results).singleElement().satisfies(result -> assertThat(result.refusal())
                .isNull());
    }

    private AddressCheck hanging(CountDownLatch until, AtomicInteger lookups) {
        return new AddressCheck(
                PUBLIC_ONLY,
                host -> {
                    lookups.incrementAndGet();
                    try {
                        until.await();
                    } catch (InterruptedException e) {
                        throw new UnknownHostException("interrupted");
                    }
                    return addresses(host, PUBLIC);
                },
                resolvers);
    }

    private AddressCheck.Result check(NameResolver names) {
        return begin(new AddressCheck(PUBLIC_ONLY, names, resolvers), "hooks.example.com", TIMEOUT)
                .join();
    }

    private CompletableFuture<AddressCheck.Result> begin(AddressCheck check, String host, Duration timeout) {
        return begin(check, EndpointUrl.parse("https://" + host + "/", PUBLIC_ONLY), timeout);
    }

    private CompletableFuture<AddressCheck.Result> begin(AddressCheck check, EndpointUrl url, Duration timeout) {
        CompletableFuture<AddressCheck.Result> result = new CompletableFuture<>();
        context.runOnContext(unused -> check.check(url, context, timeout, result::complete));
        return result.orTimeout(10, TimeUnit.SECONDS);
    }

    private static ErrorClass classOf(AddressCheck.Result result) {
        return Objects.requireNonNull(result.refusal(), "not refused").errorClass();
    }

    private static InetAddress[] addresses(String host, String... texts) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = InetAddress.getByAddress(
                    host, InetAddress.getByName(texts[i]).getAddress());
        }
        return addresses;
    }
}
