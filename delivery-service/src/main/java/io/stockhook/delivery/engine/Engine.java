package io.stockhook.delivery.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.delivery.admission.AdmissionConfig;
import io.stockhook.delivery.admission.DeliveryLoops;
import io.stockhook.delivery.dispatch.AddressConfig;
import io.stockhook.delivery.dispatch.Dispatch;
import io.stockhook.delivery.dispatch.DispatchConfig;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.fanout.Fanout;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.RetryConfig;
import io.stockhook.delivery.retry.RetryPolicy;
import io.stockhook.delivery.stream.GroupOffsets;
import io.stockhook.delivery.stream.Loop;
import io.stockhook.delivery.stream.Mover;
import io.stockhook.delivery.stream.ReliableSender;
import io.stockhook.delivery.stream.StreamClients;
import io.stockhook.delivery.stream.StreamConfig;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.wheel.DelayLadder;
import io.stockhook.delivery.wheel.Schedule;
import io.stockhook.delivery.wheel.Wheel;
import io.stockhook.delivery.wheel.WheelConfig;
import io.stockhook.events.SecretBox;
import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.log.CompactedTopicReader;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The delivery engine of this instance: makes its parts, starts them in the order in which each needs the one before, and stops them in
 * the order of the event's way.
 */
@ApplicationScoped
public class Engine {

    /** The consumer group that fans events out. */
    public static final String FANOUT_GROUP = "stockhook-fanout";
    /** The consumer group that delivers. */
    public static final String DELIVERY_GROUP = "stockhook-delivery";
    /** The consumer group that turns the wheel. */
    public static final String WHEEL_GROUP = "stockhook-wheel";

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final long MOVERS_MAX_BLOCK_MS = 60_000;
    private static final int RESOLVER_THREADS = 32;
    private static final int MAX_WAITING_LOOKUPS = 2_000;

    private final EngineConfig config;
    private final StreamConfig stream;
    private final StreamClients clients;
    private final DispatchConfig dispatchConfig;
    private final AdmissionConfig admission;
    private final AddressConfig address;
    private final RetryConfig retry;
    private final DelayLadder ladder;
    private final Duration purgeInterval;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final SecretBox secrets;
    private final String version;
    private final Clock clock = Clock.systemUTC();
    private final EndpointRegistry registry = new EndpointRegistry();
    private final CompactedTopicReader registryReader;
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2, runnable -> {
        Thread thread = new Thread(runnable, "engine-background");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Running running;
    private volatile boolean isStopping;

    /** What exists only once the topics do. */
    private record Running(
            KafkaProducer<byte[], byte[]> movers,
            KafkaProducer<byte[], byte[]> settlements,
            Admin admin,
            ThreadPoolExecutor resolvers,
            Mover fanout,
            Worker worker,
            Wheel wheel) {

        List<Loop> loops() {
            return List.of(fanout, worker, wheel);
        }
    }

    Engine(
            EngineConfig config,
            StreamConfig stream,
            StreamClients clients,
            DispatchConfig dispatchConfig,
            AdmissionConfig admission,
            AddressConfig address,
            RetryConfig retry,
            WheelConfig wheel,
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "stockhook.secrets.master-keys") String masterKeys,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "dev") String version) {
        this.config = config;
        this.stream = stream;
        this.clients = clients;
        this.dispatchConfig = dispatchConfig;
        this.admission = admission;
        this.address = address;
        this.retry = retry;
        this.ladder = new DelayLadder(wheel.ladder());
        this.purgeInterval = wheel.purgeInterval();
        this.vertx = vertx;
        this.meters = meters;
        this.secrets = SecretBox.fromConfig(masterKeys);
        this.version = version;
        this.registryReader = new CompactedTopicReader(Topics.ENDPOINTS, clients.settings(), registry::apply);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            background.execute(this::startWhenTheBrokerAnswers);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        isStopping = true;
        Running parts = running;
        if (parts != null) {
            Duration atMost = stream.drainTimeout().plusSeconds(2);
            parts.loops().forEach(loop -> loop.stop(atMost));
            parts.settlements().close(Duration.ofSeconds(2));
            parts.movers().close(Duration.ofSeconds(2));
            parts.admin().close(Duration.ofSeconds(1));
            parts.resolvers().shutdownNow();
        }
        registryReader.close();
        background.shutdownNow();
    }

    /** Whether the registry is complete and every loop has its partitions. */
    public boolean isReady() {
        Running parts = running;
        return !config.enabled()
                || (parts != null
                        && registryReader.isReady()
                        && parts.loops().stream().allMatch(loop -> loop.status().isAssigned()));
    }

    /** How each loop is; empty before they are started. */
    public List<Loop.Status> loops() {
        Running parts = running;
        return parts == null
                ? List.of()
                : parts.loops().stream().map(Loop::status).toList();
    }

    /** Whether the endpoints have been read to the end of their topic once. */
    public boolean isRegistryComplete() {
        return registryReader.isReady();
    }

    /** How many endpoints are held in memory. */
    public int registrySize() {
        return registry.size();
    }

    private void startWhenTheBrokerAnswers() {
        while (!isStopping) {
            try {
                ensureTopics();
                registryReader.start();
                break;
            } catch (KafkaException e) {
                LOG.warnf("the broker does not answer yet, trying on: %s", e.getMessage());
                pause();
            }
        }
        try {
            while (!isStopping && !registryReader.awaitReady(stream.retryInterval())) {
                LOG.debug("reading the endpoints");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!isStopping) {
            startLoops();
        }
    }

    private void ensureTopics() {
        List<Topics.Definition> topics = new ArrayList<>();
        Topics.EVENTS.forEach(name -> topics.add(Topics.events(name)));
        topics.add(Topics.compacted(Topics.ENDPOINTS));
        topics.add(Topics.compacted(Topics.TENANTS));
        topics.add(Topics.tasks());
        topics.add(Topics.log(Topics.ATTEMPTS));
        topics.add(Topics.log(Topics.DEAD_LETTERS));
        ladder.tiers().forEach(tier -> topics.add(Topics.tier(tier.topic())));
        TopicProvisioner.ensure(clients.settings(), topics);
    }

    private void startLoops() {
        KafkaProducer<byte[], byte[]> moverProducer = clients.producer(MOVERS_MAX_BLOCK_MS);
        KafkaProducer<byte[], byte[]> settlementProducer = clients.producer(0);
        Admin admin = Admin.create(clients.settings());
        ThreadPoolExecutor resolvers = new ThreadPoolExecutor(
                RESOLVER_THREADS,
                RESOLVER_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING_LOOKUPS),
                runnable -> new Thread(runnable, "resolver"));
        resolvers.allowCoreThreadTimeOut(true);

        AddressPolicy policy = new AddressPolicy(address.allowedRanges().orElse(List.of()));
        Dispatch dispatch =
                new Dispatch(vertx, dispatchConfig, registry, policy, resolvers, secrets, version, meters, clock);
        Settlement settlement = new Settlement(
                registry,
                new RetryPolicy(retry.schedule(), retry.jitter(), retry.maxRetryAfter()),
                new Schedule(ladder),
                new ReliableSender(settlementProducer, background, stream.retryInterval()),
                meters,
                clock);
        int eventLoops = dispatchConfig.eventLoops() > 0
                ? dispatchConfig.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        DeliveryLoops loops = new DeliveryLoops(
                vertx,
                eventLoops,
                dispatchConfig.maxInFlight(),
                registry,
                dispatch,
                settlement,
                admission,
                meters,
                clock);

        Mover fanout = new Mover(
                "fanout",
                Topics.EVENTS,
                () -> clients.consumer(FANOUT_GROUP),
                moverProducer,
                new Fanout(registry, registryReader::lastAtEnd, clock),
                stream.retryInterval(),
                clock);
        Worker worker =
                new Worker("deliveries", List.of(Topics.TASKS), () -> clients.consumer(DELIVERY_GROUP), loops, stream);
        Wheel wheel =
                new Wheel(ladder, () -> clients.consumer(WHEEL_GROUP), moverProducer, stream.retryInterval(), clock);
        running = new Running(moverProducer, settlementProducer, admin, resolvers, fanout, worker, wheel);
        GroupOffsets offsets = new GroupOffsets(admin);
        EngineMetrics.register(meters, registry, registryReader, loops, worker, wheel, offsets, clock);
        watch(offsets);
        wheel.start();
        worker.start();
        fanout.start();
        LOG.infof("engine started: endpoints=%d instance=%s", registry.size(), stream.instanceId());
    }

    private void watch(GroupOffsets offsets) {
        long lagMs = config.lagInterval().toMillis();
        background.scheduleWithFixedDelay(
                () -> quietly(() -> {
                    offsets.measure(FANOUT_GROUP);
                    offsets.measure(DELIVERY_GROUP);
                }),
                lagMs,
                lagMs,
                TimeUnit.MILLISECONDS);
        List<String> tiers =
                ladder.tiers().stream().map(DelayLadder.Tier::topic).toList();
        long purgeMs = purgeInterval.toMillis();
        background.scheduleWithFixedDelay(
                () -> quietly(() -> {
                    offsets.purge(DELIVERY_GROUP, List.of(Topics.TASKS));
                    offsets.purge(WHEEL_GROUP, tiers);
                }),
                purgeMs,
                purgeMs,
                TimeUnit.MILLISECONDS);
    }

    private interface Interruptible {
        void run() throws InterruptedException;
    }

    /** A scheduled job that throws is never run again, so it must not. */
    private static void quietly(Interruptible job) {
        try {
            job.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf(e, "a background job failed and is tried again");
        }
    }

    private void pause() {
        try {
            Thread.sleep(stream.retryInterval().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When the registry last held all that its topic held. */
    public Instant registryCompleteAt() {
        return registryReader.lastAtEnd();
    }
}
