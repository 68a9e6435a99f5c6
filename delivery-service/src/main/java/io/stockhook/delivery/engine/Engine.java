package io.stockhook.delivery.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.delivery.admission.AdmissionConfig;
import io.stockhook.delivery.admission.BreakerConfig;
import io.stockhook.delivery.admission.DeliveryLoops;
import io.stockhook.delivery.circuit.CircuitAnnouncements;
import io.stockhook.delivery.circuit.Circuits;
import io.stockhook.delivery.confirmation.ConfirmationConfig;
import io.stockhook.delivery.dispatch.AddressConfig;
import io.stockhook.delivery.dispatch.Dispatch;
import io.stockhook.delivery.dispatch.DispatchConfig;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.delivery.fanout.Fanout;
import io.stockhook.delivery.ordered.Backlog;
import io.stockhook.delivery.ordered.OrderedConfig;
import io.stockhook.delivery.ordered.OrderedLoops;
import io.stockhook.delivery.registry.Confirmations;
import io.stockhook.delivery.registry.ControlTopic;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.retry.RetryConfig;
import io.stockhook.delivery.retry.RetryPolicy;
import io.stockhook.delivery.stream.GroupOffsets;
import io.stockhook.delivery.stream.Loop;
import io.stockhook.delivery.stream.Mover;
import io.stockhook.delivery.stream.ReliableSender;
import io.stockhook.delivery.stream.StreamClients;
import io.stockhook.delivery.stream.StreamConfig;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.trial.TestSends;
import io.stockhook.delivery.verdict.VerdictConfig;
import io.stockhook.delivery.verdict.Verdicts;
import io.stockhook.delivery.wheel.DelayLadder;
import io.stockhook.delivery.wheel.Schedule;
import io.stockhook.delivery.wheel.Wheel;
import io.stockhook.delivery.wheel.WheelConfig;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.delivery.Confirmation;
import io.stockhook.events.log.CompactedTopicReader;
import io.stockhook.web.auth.TenantFeed;
import io.stockhook.web.kafka.TopicsAtStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

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
    /** The consumer group that delivers to ordered endpoints. */
    public static final String ORDERED_GROUP = "stockhook-ordered";
    /** The consumer group that turns the wheel. */
    public static final String WHEEL_GROUP = "stockhook-wheel";

    private static final Duration EXPIRED_CONFIRMATIONS_INTERVAL = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(Engine.class);
    /** Short enough for a loop to show that it is alive while the broker is away. */
    private static final long MOVERS_MAX_BLOCK_MS = 2_000;

    private static final Duration TOPICS_KNOWN_TIMEOUT = Duration.ofSeconds(10);
    private static final int RESOLVER_THREADS = 32;
    private static final int MAX_WAITING_LOOKUPS = 2_000;
    private static final Duration START_ENDS_WITHIN = Duration.ofSeconds(5);

    private final EngineConfig config;
    private final StreamConfig stream;
    private final StreamClients clients;
    private final TopicsAtStart topics;
    private final DispatchConfig dispatchConfig;
    private final AdmissionConfig admission;
    private final BreakerConfig breaker;
    private final Circuits circuits;
    private final TestSends tests;
    private final OrderedConfig ordered;
    private final Backlog backlog;
    private final AddressPolicy addresses;
    private final RetryConfig retry;
    private final VerdictConfig verdict;
    private final DelayLadder ladder;
    private final Duration purgeInterval;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final SecretBox secrets;
    private final String version;
    private final Clock clock = Clock.systemUTC();
    private final EndpointRegistry registry;
    private final TenantFeed tenants;
    private final EventTypeFeed eventTypes;
    private final CompactedTopicReader registryReader;
    private final RunControls controls;
    private final Confirmations confirmations;
    private final ConfirmationConfig confirmation;
    private final CompactedTopicReader controlReader;
    private final Thread starter = new Thread(this::startWhenAllIsThere, "engine-start");
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2, runnable -> {
        Thread thread = new Thread(runnable, "engine-background");
        thread.setDaemon(true);
        return thread;
    });
    /** What is to be closed when the engine stops or its start fails, the latest first. */
    private final Deque<Runnable> closers = new ConcurrentLinkedDeque<>();

    private volatile List<Loop> loops = List.of();
    private volatile boolean isStopping;

    Engine(
            EngineConfig config,
            StreamConfig stream,
            StreamClients clients,
            TopicsAtStart topics,
            DispatchConfig dispatchConfig,
            AdmissionConfig admission,
            BreakerConfig breaker,
            Circuits circuits,
            TestSends tests,
            OrderedConfig ordered,
            Backlog backlog,
            AddressConfig address,
            RetryConfig retry,
            VerdictConfig verdict,
            WheelConfig wheel,
            Vertx vertx,
            MeterRegistry meters,
            SecretBox secrets,
            RunControls controls,
            Confirmations confirmations,
            ConfirmationConfig confirmation,
            TenantFeed tenants,
            EventTypeFeed eventTypes,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "dev") String version) {
        this.config = config;
        this.stream = stream;
        this.clients = clients;
        this.topics = topics;
        this.dispatchConfig = dispatchConfig;
        this.admission = admission;
        this.breaker = breaker;
        this.circuits = circuits;
        this.tests = tests;
        this.ordered = ordered;
        this.backlog = backlog;
        this.addresses = new AddressPolicy(address.allowedRanges().orElse(List.of()));
        this.retry = retry;
        this.verdict = verdict;
        this.ladder = new DelayLadder(wheel.ladder());
        this.purgeInterval = wheel.purgeInterval();
        this.vertx = vertx;
        this.meters = meters;
        this.secrets = secrets;
        this.eventTypes = eventTypes;
        this.version = version;
        this.controls = controls;
        this.confirmations = confirmations;
        this.confirmation = confirmation;
        this.tenants = tenants;
        this.registry = new EndpointRegistry(tenants::isSuspended);
        this.registryReader = new CompactedTopicReader(Topics.ENDPOINTS, clients.settings(), registry);
        this.controlReader = new CompactedTopicReader(
                Topics.CONTROL, clients.settings(), new ControlTopic(controls, confirmations, clock));
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            registryReader.start();
            controlReader.start();
            starter.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        isStopping = true;
        starter.interrupt();
        try {
            starter.join(START_ENDS_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        background.shutdownNow();
        closeAll();
        registryReader.close();
        controlReader.close();
    }

    /** Whether the registry is complete and every loop has its partitions. */
    public boolean isReady() {
        List<Loop> started = loops;
        return !config.enabled()
                || (!started.isEmpty()
                        && registryReader.isReady()
                        && controlReader.isReady()
                        && eventTypes.isReady()
                        && started.stream().allMatch(loop -> loop.status().isAssigned()));
    }

    /** How each loop is; empty before they are started. */
    public List<Loop.Status> loops() {
        return loops.stream().map(Loop::status).toList();
    }

    /** Whether the endpoints have been read to the end of their topic once. */
    public boolean isRegistryComplete() {
        return registryReader.isReady();
    }

    /** Whether it has been read to its end once which runs were cancelled or superseded. */
    public boolean isControlComplete() {
        return controlReader.isReady();
    }

    /** Whether the event types have been read to the end of their topic once. */
    public boolean isEventTypesComplete() {
        return eventTypes.isReady();
    }

    /** Whether the compacted topics are read, or would be if the broker answered. */
    public boolean isRegistryFollowed() {
        return !config.enabled()
                || isStopping
                || (registryReader.isRunning() && controlReader.isRunning() && eventTypes.isRunning());
    }

    /** How many endpoints are held in memory. */
    public int registrySize() {
        return registry.size();
    }

    private void startWhenAllIsThere() {
        while (!isStopping) {
            try {
                if (topics.await(stream.retryInterval())
                        && registryReader.awaitReady(stream.retryInterval())
                        && controlReader.awaitReady(stream.retryInterval())
                        && tenants.awaitReady(stream.retryInterval())
                        && eventTypes.awaitReady(stream.retryInterval())) {
                    startLoops();
                    return;
                }
            } catch (RuntimeException e) {
                closeAll();
                if (!isStopping) {
                    LOG.errorf(e, "the engine could not start and tries again in %s", stream.retryInterval());
                    pause();
                }
            } catch (InterruptedException e) {
                return; // told to stop
            }
        }
    }

    private void startLoops() throws InterruptedException {
        Admin admin = Admin.create(clients.settings());
        closers.push(() -> admin.close(Duration.ofSeconds(1)));
        ReliableSender sender =
                new ReliableSender(() -> clients.producer(0, stream.outcomeLinger()), stream.retryInterval());
        closers.push(sender::close);
        sender.prepare(settledTo(), TOPICS_KNOWN_TIMEOUT);
        ThreadPoolExecutor resolvers = resolvers();
        closers.push(resolvers::shutdownNow);

        Dispatch dispatch = new Dispatch(
                vertx,
                dispatchConfig,
                registry,
                eventTypes.types(),
                addresses,
                resolvers,
                secrets,
                version,
                meters,
                clock);
        tests.begin(dispatch, registry);
        closers.push(tests::end);
        Schedule schedule = new Schedule(ladder, registry::parallelismOf);
        Settlement settlement = new Settlement(
                registry,
                controls,
                confirmations,
                confirmation.firstLook(),
                new RetryPolicy(retry.schedule(), retry.jitter(), retry.maxRetryAfter()),
                schedule,
                sender,
                meters,
                clock);
        int eventLoops = dispatchConfig.eventLoops() > 0
                ? dispatchConfig.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        int orderedSlots = Math.min(ordered.maxInFlight(), dispatchConfig.maxInFlight() / 4);
        Verdicts verdicts = new Verdicts(registry, verdict, meters, clock);
        CircuitAnnouncements announcements = new CircuitAnnouncements(circuits, sender, clock);
        DeliveryLoops deliveries = new DeliveryLoops(
                vertx,
                eventLoops,
                dispatchConfig.maxInFlight() - orderedSlots,
                registry,
                controls,
                confirmations,
                confirmation.firstLook(),
                dispatch,
                verdicts,
                settlement,
                admission,
                breaker,
                announcements,
                meters,
                clock);
        OrderedLoops orderedDeliveries = new OrderedLoops(
                vertx,
                eventLoops,
                orderedSlots,
                registry,
                controls,
                dispatch,
                verdicts,
                settlement,
                announcements,
                backlog,
                ordered,
                admission,
                breaker,
                meters,
                clock);
        closers.push(orderedDeliveries::close);
        Wheel wheel = new Wheel(
                ladder,
                () -> clients.consumer(WHEEL_GROUP),
                () -> clients.producer(MOVERS_MAX_BLOCK_MS, Duration.ZERO),
                stream.retryInterval(),
                clock);
        Worker worker = new Worker(
                "deliveries", List.of(Topics.TASKS), () -> clients.consumer(DELIVERY_GROUP), deliveries, stream);
        Worker orderedWorker = new Worker(
                "ordered",
                List.of(Topics.ORDERED_TASKS),
                () -> clients.consumer(ORDERED_GROUP),
                orderedDeliveries,
                stream);
        Mover fanout = new Mover(
                "fanout",
                Topics.EVENTS,
                () -> clients.consumer(FANOUT_GROUP),
                () -> clients.producer(MOVERS_MAX_BLOCK_MS, Duration.ZERO),
                new Fanout(registry, eventTypes.types(), this::subscriptionsCompleteAt, schedule, meters, clock),
                stream.retryInterval(),
                clock);
        GroupOffsets offsets = new GroupOffsets(admin);
        EngineMetrics.register(meters, registry, registryReader, deliveries, worker, wheel, sender, offsets, clock);
        EngineMetrics.registerControls(meters, controls, controlReader, clock);
        watch(offsets, orderedDeliveries);
        endExpiredConfirmations(sender);
        // Last first, so that nothing is taken in before what it leads to runs. They are stopped the other way round.
        List<Loop> inOrder = List.of(wheel, worker, orderedWorker, fanout);
        for (Loop loop : inOrder) {
            closers.push(() -> loop.stop(stream.drainTimeout().plusSeconds(2)));
            loop.start();
        }
        loops = inOrder;
        LOG.infof("engine started: endpoints=%d instance=%s", registry.size(), stream.instanceId());
    }

    /** When all was last known that decides who gets an event: endpoints, and which names of types are the same. */
    private Instant subscriptionsCompleteAt() {
        Instant endpoints = registryReader.lastAtEnd();
        Instant types = eventTypes.lastAtEnd();
        return endpoints.isBefore(types) ? endpoints : types;
    }

    /** Where the outcome of an attempt goes. */
    private List<String> settledTo() {
        List<String> names = new ArrayList<>(List.of(
                Topics.ATTEMPTS,
                Topics.DEAD_LETTERS,
                Topics.ENDPOINT_VERDICTS,
                Topics.TASKS,
                Topics.ORDERED_TASKS,
                Topics.CONTROL,
                Topics.CIRCUITS));
        ladder.tiers().forEach(tier -> names.add(tier.topic()));
        return names;
    }

    private static ThreadPoolExecutor resolvers() {
        ThreadPoolExecutor resolvers = new ThreadPoolExecutor(
                RESOLVER_THREADS,
                RESOLVER_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING_LOOKUPS),
                runnable -> new Thread(runnable, "resolver"));
        resolvers.allowCoreThreadTimeOut(true);
        return resolvers;
    }

    private void closeAll() {
        for (Runnable closer = closers.poll(); closer != null; closer = closers.poll()) {
            closer.run();
        }
    }

    private void watch(GroupOffsets offsets, OrderedLoops orderedDeliveries) {
        long measureMs = ordered.measureInterval().toMillis();
        background.scheduleWithFixedDelay(
                () -> quietly(orderedDeliveries::measure), measureMs, measureMs, TimeUnit.MILLISECONDS);
        long lagMs = config.lagInterval().toMillis();
        background.scheduleWithFixedDelay(
                () -> quietly(() -> {
                    offsets.measure(FANOUT_GROUP, Topics.EVENTS);
                    offsets.measure(DELIVERY_GROUP, List.of(Topics.TASKS));
                    offsets.measure(ORDERED_GROUP, List.of(Topics.ORDERED_TASKS));
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
                    offsets.purge(ORDERED_GROUP, List.of(Topics.ORDERED_TASKS));
                    offsets.purge(WHEEL_GROUP, tiers);
                }),
                purgeMs,
                purgeMs,
                TimeUnit.MILLISECONDS);
    }

    /** Those that nobody came for: the delivery was begun anew, or its task found them a moment before they were repeated. */
    private void endExpiredConfirmations(ReliableSender sender) {
        long intervalMs = EXPIRED_CONFIRMATIONS_INTERVAL.toMillis();
        background.scheduleWithFixedDelay(
                () -> quietly(() -> confirmations
                        .takeExpired(clock.instant())
                        .forEach(id -> sender.send(Confirmation.tombstone(id), () -> {}))),
                intervalMs,
                intervalMs,
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
}
