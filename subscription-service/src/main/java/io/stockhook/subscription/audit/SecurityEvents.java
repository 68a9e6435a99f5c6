package io.stockhook.subscription.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Security events on their way into the trail: counted in memory, written together. So a flood of refusals costs a bounded number of
 * rows and no request waits for one; a crash loses those of the last seconds. Thread-safe.
 */
@ApplicationScoped
class SecurityEvents {

    private static final Logger LOG = Logger.getLogger(SecurityEvents.class);
    private static final String FOREIGN = "access.foreign";
    private static final String OWNER_OF = """
            select tenant_id from webhook where id = ? union all select tenant_id from api_key where id = ?""";

    private final AuditTrail trail;
    private final AgroalDataSource dataSource;
    private final int max;
    private final Map<Key, Integer> counts = new LinkedHashMap<>();
    private int beyond;

    SecurityEvents(AuditTrail trail, AgroalDataSource dataSource, AuditConfig config) {
        this.trail = trail;
        this.dataSource = dataSource;
        this.max = config.maxEvents();
    }

    /** What makes two events the same. */
    private record Key(
            String action,
            String actor,
            @Nullable String role,
            @Nullable String tenantId,
            @Nullable String remoteAddress,
            @Nullable String target,
            @Nullable String reason) {}

    void on(@Observes SecurityEvent event) {
        add(event);
    }

    void on(@Observes AuthenticationFailureEvent event) {
        Throwable failure = event.getAuthenticationFailure();
        Throwable said = failure.getCause() == null ? failure : failure.getCause();
        // What the other causes say may repeat the request.
        boolean isOurs = said.getClass().getName().startsWith("io.stockhook") || failure.getCause() == null;
        add(SecurityEvent.of("authentication.refuse", null, isOurs ? said.getMessage() : null));
    }

    void on(@Observes AuthorizationFailureEvent event) {
        add(SecurityEvent.of("authorization.refuse", null, "The role does not allow it."));
    }

    /** Notes that something was asked for that is not the caller's; whether it is somebody else's is looked up later. */
    void foreign(String id) {
        add(SecurityEvent.of(FOREIGN, null, null).on(id));
    }

    void add(SecurityEvent event) {
        var origin = AuditedRequest.origin();
        var key = new Key(
                event.action(),
                actor(event, origin),
                origin.role(),
                event.tenantId() == null ? origin.tenantId() : event.tenantId(),
                origin.remoteAddress(),
                event.target(),
                event.reason());
        synchronized (counts) {
            if (counts.size() < max || counts.containsKey(key)) {
                counts.merge(key, 1, Integer::sum);
            } else {
                beyond++;
            }
        }
    }

    /** Of what a request says of itself only what has the form of an identifier. */
    private static String actor(SecurityEvent event, AuditedRequest.Origin origin) {
        String actor = event.actor();
        if (actor == null) {
            return origin.actor();
        }
        return Ids.isA(Ids.Kind.API_KEY, actor) ? actor : "anonymous";
    }

    void stop(@Observes ShutdownEvent event) {
        write();
    }

    @Scheduled(every = "${stockhook.audit.event-interval:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    void write() {
        Map<Key, Integer> taken;
        int lost;
        synchronized (counts) {
            taken = new LinkedHashMap<>(counts);
            lost = beyond;
            counts.clear();
            beyond = 0;
        }
        if (taken.isEmpty() && lost == 0) {
            return;
        }
        try {
            TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().run(() -> trail.append(entries(taken, lost))));
        } catch (RuntimeException e) {
            LOG.errorf(e, "security events not written: kinds=%d beyond=%d", taken.size(), lost);
        }
    }

    private List<AuditEntry> entries(Map<Key, Integer> taken, int lost) {
        List<AuditEntry> entries = new ArrayList<>();
        taken.forEach((key, count) -> {
            if (!key.action().equals(FOREIGN)) {
                String tenant = key.tenantId() != null
                        ? key.tenantId()
                        : tenantOf(key.actor()).orElse(TenantService.PLATFORM);
                entries.add(entry(key, tenant, key.reason(), count));
                return;
            }
            // Its owner is told nothing of other tenants, so that this is the platform's to know.
            tenantOf(Objects.requireNonNull(key.target()))
                    .filter(owner -> !owner.equals(key.tenantId()))
                    .ifPresent(owner -> entries.add(entry(
                            key,
                            TenantService.PLATFORM,
                            "Asked for by %s; it is %s's.".formatted(key.tenantId(), owner),
                            count)));
        });
        if (lost > 0) {
            var overflow = new Key("audit.overflow", "platform", null, null, null, null, null);
            entries.add(entry(overflow, TenantService.PLATFORM, "More events than are written one by one.", lost));
        }
        return entries;
    }

    private static AuditEntry entry(Key key, String tenantId, @Nullable String reason, int count) {
        return new AuditEntry(
                tenantId,
                MicroClock.now(),
                key.actor(),
                key.role(),
                key.remoteAddress(),
                null,
                key.action(),
                key.target(),
                null,
                null,
                reason,
                count);
    }

    private Optional<String> tenantOf(String id) {
        if (!Ids.isA(Ids.Kind.API_KEY, id) && !Ids.isA(Ids.Kind.WEBHOOK, id)) {
            return Optional.empty();
        }
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement(OWNER_OF)) {
            select.setString(1, id);
            select.setString(2, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("owner not looked up", e);
        }
    }
}
