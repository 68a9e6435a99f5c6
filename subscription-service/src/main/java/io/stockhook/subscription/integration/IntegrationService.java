package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.subscription.eventtype.SubscribableTypes;
import io.stockhook.subscription.integration.Plan.Part;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.subscription.tenant.TenantDeleted;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.subscription.webhook.AddressConfig;
import io.stockhook.subscription.webhook.ManagedWebhook;
import io.stockhook.subscription.webhook.ManagedWebhooks;
import io.stockhook.subscription.webhook.WebhookView;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Integrations and the webhooks that they come to. A change locks the tenant, so that two of the same integration follow one another, and
 * changes row and webhooks in one transaction.
 */
@ApplicationScoped
public class IntegrationService {

    private final IntegrationRepository integrations;
    private final IntegrationMapper mapper;
    private final Providers providers;
    private final ManagedWebhooks webhooks;
    private final TenantService tenants;
    private final SubscribableTypes types;
    private final ConfigurationReader reader;

    IntegrationService(
            IntegrationRepository integrations,
            IntegrationMapper mapper,
            Providers providers,
            ManagedWebhooks webhooks,
            TenantService tenants,
            SubscribableTypes types,
            AddressConfig addresses) {
        this.integrations = integrations;
        this.mapper = mapper;
        this.providers = providers;
        this.webhooks = webhooks;
        this.tenants = tenants;
        this.types = types;
        this.reader = new ConfigurationReader(
                new AddressPolicy(addresses.allowedRanges().orElse(List.of())));
    }

    /**
     * What an integration is tried with.
     *
     * @param configuration whole if it is what is stored
     * @param webhooks those that deliver to it; empty if nothing is configured
     */
    record Configured(Provider provider, Configuration configuration, List<WebhookView> webhooks) {}

    /** All integrations, as this tenant has them. */
    @Transactional
    IntegrationPage list(String tenantId) {
        Map<String, Integration> configured = integrations.listOfTenant(tenantId).stream()
                .collect(Collectors.toMap(integration -> integration.name, integration -> integration));
        Map<String, List<WebhookView>> managed =
                webhooks.of(tenantId).stream().collect(Collectors.groupingBy(webhook -> manager(webhook)));
        List<IntegrationView> views = providers.all().stream()
                .map(provider -> mapper.view(
                        provider, configured.get(provider.name()), managed.getOrDefault(provider.name(), List.of())))
                .toList();
        return new IntegrationPage(
                views,
                null,
                (long) views.size(),
                categories(),
                new IntegrationPage.Summary(
                        configured.size(),
                        count(views, IntegrationStatus.CONNECTED),
                        count(views, IntegrationStatus.ERROR)));
    }

    /** The categories, with how many integrations each has. */
    List<CategoryView> categories() {
        Map<Category, Long> counts =
                providers.all().stream().collect(Collectors.groupingBy(Provider::category, Collectors.counting()));
        return Arrays.stream(Category.values())
                .map(category -> new CategoryView(
                        category.wireName(), category.displayName(), counts.getOrDefault(category, 0L)))
                .toList();
    }

    @Transactional
    IntegrationView get(String tenantId, String name) {
        Provider provider = providers.require(name);
        return mapper.view(
                provider, integrations.findOfTenant(tenantId, name).orElse(null), webhooks.of(tenantId, name));
    }

    /** What is configured; what a tenant has not configured is empty. */
    @Transactional
    Configured configured(String tenantId, String name) {
        Provider provider = providers.require(name);
        List<WebhookView> managed = webhooks.of(tenantId, name);
        return new Configured(
                provider,
                integrations
                        .findOfTenant(tenantId, name)
                        .map(stored -> mapper.configuration(stored, IntegrationMapper.isActive(managed)))
                        .orElse(Configuration.EMPTY),
                managed);
    }

    /** The configuration that a request asks for over what is stored; it need not be whole. */
    @Transactional
    Configured imagined(String tenantId, String name, ObjectNode request) {
        Configured stored = configured(tenantId, name);
        List<FieldError> errors = new ArrayList<>();
        Configuration configuration = reader.read(stored.provider(), request, stored.configuration(), errors);
        requireNone(errors.stream()
                .map(error -> new FieldError("config." + error.field(), error.message()))
                .toList());
        return new Configured(stored.provider(), configuration, stored.webhooks());
    }

    /** Configures an integration anew: what the request leaves out has its default, except for secrets, which stay. */
    @Transactional
    Publication<IntegrationView> configure(String tenantId, String name, @Nullable String ifMatch, ObjectNode request) {
        Provider provider = providers.require(name);
        // A token may outlive its tenant.
        if (tenants.lock(tenantId).isEmpty()) {
            throw Problems.forbidden("The tenant that the token names does not exist.");
        }
        Optional<Integration> stored = integrations.findOfTenant(tenantId, name);
        EntityTags.requireMatch(ifMatch, stored.map(one -> one.version).orElse(0L));
        Configuration before =
                stored.map(one -> mapper.configuration(one, true)).orElse(Configuration.EMPTY);
        List<FieldError> errors = new ArrayList<>();
        Configuration configuration = reader.read(provider, request, before, errors);
        ConfigurationReader.requireWhole(provider, configuration, errors);
        requireNone(errors);
        Plan plan = Plan.of(provider, configuration, types.names(), errors);
        requireNone(errors);

        Integration integration = stored.orElseGet(() -> created(tenantId, name));
        mapper.apply(provider, configuration, integration);
        integration.version++;
        integration.updatedAt = MicroClock.now();
        integrations.persist(integration);
        long outboxId = keep(tenantId, provider, configuration, plan.parts());
        return new Publication<>(mapper.view(provider, integration, webhooks.of(tenantId, name)), outboxId);
    }

    /** Takes an integration away, with its webhooks, and returns the last tombstone's place in the outbox. */
    @Transactional
    long delete(String tenantId, String name, @Nullable String ifMatch) {
        Provider provider = providers.require(name);
        if (tenants.lock(tenantId).isEmpty()) {
            throw Problems.forbidden("The tenant that the token names does not exist.");
        }
        Integration integration = integrations.findOfTenant(tenantId, name).orElseThrow(() -> Problems.of(
                        "not-found", "Not found", Status.NOT_FOUND)
                .withDetail("The integration %s is not configured.".formatted(provider.name()))
                .build());
        EntityTags.requireMatch(ifMatch, integration.version);
        long outboxId = 0;
        for (WebhookView webhook : webhooks.of(tenantId, name)) {
            outboxId = Math.max(outboxId, webhooks.delete(tenantId, webhook.id()));
        }
        integrations.delete(integration);
        return outboxId;
    }

    void deleteAll(@Observes TenantDeleted event) {
        integrations.listOfTenant(event.tenantId()).forEach(integrations::delete);
        // The tenant's own row goes next and is referred to by these.
        integrations.flush();
    }

    /** Has one webhook for each part and no other: one that tells of the same events stays, so that what it has under way fits. */
    private long keep(String tenantId, Provider provider, Configuration configuration, List<Part> parts) {
        List<WebhookView> spare = new ArrayList<>(webhooks.of(tenantId, provider.name()));
        Map<Part, @Nullable WebhookView> kept = new LinkedHashMap<>();
        for (Part part : parts) {
            WebhookView fitting = spare.stream()
                    .filter(webhook -> webhook.events().stream().anyMatch(part.events()::contains))
                    .findFirst()
                    .orElse(null);
            kept.put(part, fitting);
            spare.remove(fitting);
        }
        long outboxId = 0;
        for (WebhookView left : spare) {
            outboxId = Math.max(outboxId, webhooks.delete(tenantId, left.id()));
        }
        for (Map.Entry<Part, @Nullable WebhookView> entry : kept.entrySet()) {
            ManagedWebhook wanted = mapper.webhook(provider, configuration, entry.getKey(), parts.size());
            WebhookView present = entry.getValue();
            Publication<WebhookView> changed = present == null
                    ? webhooks.create(tenantId, wanted)
                    : webhooks.replace(tenantId, present.id(), wanted);
            outboxId = Math.max(outboxId, changed.outboxId());
        }
        return outboxId;
    }

    private static Integration created(String tenantId, String name) {
        var integration = new Integration();
        integration.id = Ids.next(Ids.Kind.INTEGRATION);
        integration.tenantId = tenantId;
        integration.name = name;
        integration.createdAt = MicroClock.now();
        return integration;
    }

    private static String manager(WebhookView webhook) {
        return webhook.managedBy() == null ? "" : webhook.managedBy();
    }

    private static long count(List<IntegrationView> views, IntegrationStatus status) {
        return views.stream().filter(view -> view.status() == status).count();
    }

    private static void requireNone(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problems.badFields(errors);
        }
    }
}
