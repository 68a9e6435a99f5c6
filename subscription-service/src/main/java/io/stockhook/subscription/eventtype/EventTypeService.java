package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypes;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.eventtype.catalog.Catalog;
import io.stockhook.subscription.eventtype.catalog.Category;
import io.stockhook.subscription.eventtype.catalog.PlatformType;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.subscription.tenant.TenantDeleted;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatcher;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Event types: the platform's beside the tenant's own. A change locks the type's row and appends its record in one transaction, so that
 * records reach the topic in the order of the changes.
 */
@ApplicationScoped
public class EventTypeService {

    /** How long the schemas and templates of all versions may be: the type is one record, which every service takes whole. */
    private static final int MAX_RECORD = 256 * 1024;

    private static final String KIND = "event type";

    private final Catalog catalog;
    private final EventTypeRepository types;
    private final EventTypeVersionRepository versions;
    private final EventTypeMapper mapper;
    private final Subscriptions subscriptions;
    private final TenantService tenants;
    private final ControlPlanePublisher publisher;
    private final MergePatcher patcher;
    private final EventTypeConfig config;

    EventTypeService(
            Catalog catalog,
            EventTypeRepository types,
            EventTypeVersionRepository versions,
            EventTypeMapper mapper,
            Subscriptions subscriptions,
            TenantService tenants,
            ControlPlanePublisher publisher,
            MergePatcher patcher,
            EventTypeConfig config) {
        this.catalog = catalog;
        this.types = types;
        this.versions = versions;
        this.mapper = mapper;
        this.subscriptions = subscriptions;
        this.tenants = tenants;
        this.publisher = publisher;
        this.patcher = patcher;
        this.config = config;
    }

    /** Makes a type of the tenant's own, with the first version of its payload. */
    @Transactional
    Publication<EventTypeView> create(String tenantId, EventTypeRequest request) {
        requireNone(EventTypeRules.check(request, catalog));
        // A token may outlive its tenant.
        if (tenants.lock(tenantId).isEmpty()) {
            throw Problems.forbidden("The tenant that the token names does not exist.");
        }
        if (types.findOfTenant(tenantId, request.name()).isPresent()) {
            throw Problems.conflict("name", "There is an event type '%s' already.".formatted(request.name()));
        }
        if (types.countOfTenant(tenantId) >= config.maxPerTenant()) {
            throw Problems.conflict(
                    "The tenant has %d event types of its own and may not have more.".formatted(config.maxPerTenant()));
        }
        Instant now = MicroClock.now();
        EventType type = new EventType();
        type.tenantId = tenantId;
        type.name = request.name();
        mapper.apply(
                new EventTypeChange(request.displayName(), request.description(), request.category(), null, null, null),
                type);
        type.latestVersion = 1;
        type.revision = 1;
        type.createdAt = now;
        type.updatedAt = now;
        types.persist(type);
        EventTypeVersion first = version(
                type, 1, null, JsonText.of(request.payloadSchema()), JsonText.of(request.examplePayload()), null, now);
        return new Publication<>(view(type, first), publish(type, List.of(first)));
    }

    /** The type of this name or alias. */
    @Transactional
    EventTypeView get(String tenantId, String name) {
        EventType own = types.findOfTenant(tenantId, name).orElse(null);
        if (own != null) {
            return view(own, newest(own));
        }
        PlatformType type = requirePlatform(name);
        return views(tenantId, List.of(), List.of(type)).get(0);
    }

    /**
     * What the data of a type has to be: JSON Schema 2020-12; null for any object.
     *
     * @param name a type's name or alias
     * @param version null for the newest
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is no such type or version
     */
    @Transactional
    public @Nullable ObjectNode payloadSchema(String tenantId, String name, @Nullable Integer version) {
        return version == null
                ? get(tenantId, name).payloadSchema()
                : version(tenantId, name, version.toString()).payloadSchema();
    }

    /** The platform's types and the tenant's own, in the order of their names. */
    @Transactional
    Page<EventTypeView> list(String tenantId, EventTypeFilter filter, PageQuery query) {
        String after = query.after(EventTypeService::requireName).orElse("");
        List<EventType> own = Boolean.FALSE.equals(filter.isCustom())
                ? List.of()
                : types.listOfTenantAfter(tenantId, filter, after, query.fetchSize());
        Set<String> hidden = shadowed(tenantId);
        List<PlatformType> ofPlatform = catalog.types().stream()
                .filter(filter::takes)
                .filter(type -> !hidden.contains(type.name()))
                .toList();
        long total = ofPlatform.size()
                + (Boolean.FALSE.equals(filter.isCustom()) ? 0 : types.countOfTenant(tenantId, filter));
        List<String> shown = Stream.concat(
                        own.stream().map(type -> type.name),
                        ofPlatform.stream().map(PlatformType::name).filter(name -> name.compareTo(after) > 0))
                .sorted()
                .limit(query.fetchSize())
                .toList();
        Set<String> wanted = new HashSet<>(shown.subList(0, Math.min(shown.size(), query.limit())));
        Map<String, EventTypeView> views = new HashMap<>();
        views(
                        tenantId,
                        own.stream().filter(type -> wanted.contains(type.name)).toList(),
                        ofPlatform.stream()
                                .filter(type -> wanted.contains(type.name()))
                                .toList())
                .forEach(view -> views.put(view.name(), view));
        return Page.of(shown, query, name -> name, views::get, total);
    }

    /** The categories with how many types each has: the platform's, then those of the tenant's own that it has none of. */
    @Transactional
    List<CategoryView> categories(String tenantId) {
        Map<String, Long> own = new TreeMap<>(types.countByCategoryOfTenant(tenantId));
        Set<String> hidden = shadowed(tenantId);
        List<CategoryView> all = new ArrayList<>();
        for (Category category : catalog.categories()) {
            long ofPlatform = catalog.types().stream()
                    .filter(type -> type.category().equals(category.name()) && !hidden.contains(type.name()))
                    .count();
            Long ofTenant = own.remove(category.name());
            all.add(new CategoryView(
                    category.name(),
                    category.displayName(),
                    category.description(),
                    ofPlatform + (ofTenant == null ? 0 : ofTenant)));
        }
        own.forEach((name, count) -> all.add(new CategoryView(name, EventTypeMapper.displayName(name), "", count)));
        return all;
    }

    /** Replaces all that may change of a type. */
    @Transactional
    Publication<EventTypeView> replace(String tenantId, String name, @Nullable String ifMatch, EventTypeChange change) {
        return replace(findAndLock(tenantId, name, ifMatch), change);
    }

    /** Changes what the JSON merge patch names. */
    @Transactional
    Publication<EventTypeView> patch(String tenantId, String name, @Nullable String ifMatch, @Nullable JsonNode patch) {
        EventType type = findAndLock(tenantId, name, ifMatch);
        EventTypeChange before = mapper.change(type);
        // A patch that ends the deprecation need not say that its reason has ended as well.
        return replace(type, patcher.apply(before, patch, EventTypeChange.class).endingDeprecationOf(before));
    }

    /** Deletes a type that no webhook names and returns the tombstone's place in the outbox. */
    @Transactional
    long delete(String tenantId, String name, @Nullable String ifMatch) {
        EventType type = findAndLock(tenantId, name, ifMatch);
        long webhooks = subscriptions.countOfTenant(tenantId, type.name);
        if (webhooks > 0) {
            throw Problems.conflict("%d %s to '%s'; change or delete %s first, or deprecate the event type."
                    .formatted(
                            webhooks,
                            webhooks == 1 ? "webhook subscribes" : "webhooks subscribe",
                            type.name,
                            webhooks == 1 ? "it" : "them"));
        }
        types.forgetActivityOfTenant(tenantId, type.name);
        return delete(type);
    }

    void deleteAll(@Observes TenantDeleted event) {
        types.listAndLockOfTenant(event.tenantId()).forEach(this::delete);
        types.forgetActivityOfTenant(event.tenantId());
        // The tenant's own row goes next and is referred to by these.
        types.flush();
    }

    /** The versions of a type, the newest first. */
    @Transactional
    List<EventTypeVersionView> versions(String tenantId, String name) {
        List<EventTypeVersionView> oldestFirst = new ArrayList<>();
        EventType own = types.findOfTenant(tenantId, name).orElse(null);
        if (own != null) {
            EventTypeVersion before = null;
            for (EventTypeVersion version : versions.listOfTenant(tenantId, id(own))) {
                oldestFirst.add(mapper.view(own.name, version, breaks(before, version)));
                before = version;
            }
        } else {
            PlatformType type = requirePlatform(name);
            PlatformType.Version before = null;
            for (PlatformType.Version version : type.versions()) {
                oldestFirst.add(mapper.view(
                        type.name(),
                        version,
                        before == null ? List.of() : EventTypeRules.breaks(before.schema(), version.schema())));
                before = version;
            }
        }
        return oldestFirst.stream()
                .sorted(Comparator.comparingLong(EventTypeVersionView::version).reversed())
                .toList();
    }

    /** One version of a type. */
    @Transactional
    EventTypeVersionView version(String tenantId, String name, String number) {
        return versions(tenantId, name).stream()
                .filter(version -> version.id().equals(number))
                .findFirst()
                .orElseThrow(() -> Problems.notFound("version of " + name, number));
    }

    /**
     * Adds a version to a type's payload.
     *
     * @param allowed what it may do to those who read the version before
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 with all that it breaks, if it may break nothing
     */
    @Transactional
    Publication<EventTypeVersionView> addVersion(
            String tenantId,
            String name,
            @Nullable String ifMatch,
            EventTypeVersionRequest request,
            Compatibility allowed) {
        requireNone(EventTypeRules.check(request));
        EventType type = findAndLock(tenantId, name, ifMatch);
        List<EventTypeVersion> all = new ArrayList<>(versions.listOfTenant(tenantId, id(type)));
        String schema = JsonText.of(request.payloadSchema());
        List<FieldError> breaks = EventTypeRules.breaks(all.get(all.size() - 1).payloadSchema, schema);
        if (!breaks.isEmpty() && allowed == Compatibility.BACKWARD) {
            throw incompatible(type.latestVersion, breaks);
        }
        if (all.size() >= config.maxVersions()) {
            throw Problems.conflict(
                    "The event type has %d versions and may not have more; make another type and deprecate this one."
                            .formatted(config.maxVersions()));
        }
        Instant now = MicroClock.now();
        type.latestVersion++;
        type.revision++;
        type.updatedAt = now;
        EventTypeVersion added = version(
                type,
                type.latestVersion,
                request.description(),
                schema,
                JsonText.of(request.examplePayload()),
                request.downgrade(),
                now);
        all.add(added);
        if (all.stream().mapToInt(EventTypeService::length).sum() > MAX_RECORD) {
            throw Problems.conflict(
                    "payload_schema",
                    "Makes the schemas and templates of all versions longer than %d characters together."
                            .formatted(MAX_RECORD));
        }
        return new Publication<>(mapper.view(type.name, added, breaks), publish(type, all));
    }

    /** What a version would do to those who read the one before, without adding it. */
    @Transactional
    CompatibilityView check(String tenantId, String name, EventTypeVersionRequest request) {
        requireNone(EventTypeRules.check(request));
        EventType type = types.findOfTenant(tenantId, name).orElse(null);
        String before;
        int latest;
        if (type == null) {
            PlatformType.Version newest = requirePlatform(name).newest();
            before = JsonText.of(newest.payloadSchema());
            latest = newest.version();
        } else {
            before = newest(type).payloadSchema;
            latest = type.latestVersion;
        }
        List<FieldError> breaks = EventTypeRules.breaks(before, JsonText.of(request.payloadSchema()));
        return new CompatibilityView(breaks.isEmpty(), breaks, latest + 1L);
    }

    private Publication<EventTypeView> replace(EventType type, EventTypeChange change) {
        String replacement = change.replacement();
        boolean isKnown = replacement != null
                && (catalog.find(replacement) != null
                        || types.findOfTenant(type.tenantId, replacement).isPresent());
        requireNone(EventTypeRules.check(type.name, change, isKnown));
        mapper.apply(change, type);
        type.revision++;
        type.updatedAt = MicroClock.now();
        List<EventTypeVersion> all = versions.listOfTenant(type.tenantId, id(type));
        return new Publication<>(view(type, all.get(all.size() - 1)), publish(type, all));
    }

    private EventTypeVersion version(
            EventType type,
            int number,
            @Nullable String description,
            @Nullable String schema,
            @Nullable String example,
            @Nullable String downgrade,
            Instant now) {
        EventTypeVersion version = new EventTypeVersion();
        version.eventTypeId = id(type);
        version.tenantId = type.tenantId;
        version.version = number;
        version.description = description;
        version.payloadSchema = schema;
        version.examplePayload = example;
        version.downgrade = downgrade;
        version.createdAt = now;
        versions.persist(version);
        return version;
    }

    /** The platform's types that the tenant does not have, because it made one of that name before the platform did. */
    private Set<String> shadowed(String tenantId) {
        Set<String> shadowed = new HashSet<>();
        types.listOfTenant(tenantId).forEach(type -> {
            PlatformType other = catalog.find(type.name);
            if (other != null) {
                shadowed.add(other.name());
            }
        });
        return shadowed;
    }

    private List<EventTypeView> views(String tenantId, List<EventType> own, List<PlatformType> ofPlatform) {
        Map<String, List<String>> patterns = new LinkedHashMap<>();
        own.forEach(type -> patterns.put(type.name, EventTypes.patternsFor(type.name)));
        ofPlatform.forEach(type -> patterns.put(type.name(), catalog.names().patternsFor(type.name())));
        Map<String, Long> webhooks = subscriptions.countOfTenant(tenantId, patterns);
        Map<String, Instant> last = types.lastTriggeredOfTenant(tenantId, patterns.keySet());
        Map<Long, EventTypeVersion> newest = new HashMap<>();
        versions.listNewestOfTenant(
                        tenantId, own.stream().map(EventTypeService::id).toList())
                .forEach(version -> newest.put(version.eventTypeId, version));
        List<EventTypeView> views = new ArrayList<>();
        for (EventType type : own) {
            EventTypeVersion version = newest.get(id(type));
            if (version != null) {
                views.add(mapper.view(type, version, webhooks.getOrDefault(type.name, 0L), last.get(type.name)));
            }
        }
        for (PlatformType type : ofPlatform) {
            views.add(mapper.view(type, webhooks.getOrDefault(type.name(), 0L), last.get(type.name())));
        }
        return views;
    }

    private EventTypeView view(EventType type, EventTypeVersion newest) {
        Map<String, List<String>> patterns = Map.of(type.name, EventTypes.patternsFor(type.name));
        return mapper.view(
                type,
                newest,
                subscriptions.countOfTenant(type.tenantId, patterns).getOrDefault(type.name, 0L),
                types.lastTriggeredOfTenant(type.tenantId, List.of(type.name)).get(type.name));
    }

    private EventTypeVersion newest(EventType type) {
        return versions.findOfTenant(type.tenantId, id(type), type.latestVersion)
                .orElseThrow(() -> new IllegalStateException("an event type has the version that it names"));
    }

    private long publish(EventType type, List<EventTypeVersion> all) {
        // Now, so that what the database has against a value is thrown from here and not wrapped at the commit.
        types.flush();
        return publisher.publish(mapper.topicRecord(type, all));
    }

    private long delete(EventType type) {
        types.delete(type);
        return publisher.retractEventType(type.tenantId, type.name);
    }

    private EventType findAndLock(String tenantId, String name, @Nullable String ifMatch) {
        EventType type = types.findAndLockOfTenant(tenantId, name).orElse(null);
        if (type == null) {
            throw catalog.find(name) == null
                    ? Problems.notFound(KIND, name)
                    : Problems.conflict(
                            "'%s' is an event type of the platform and not the tenant's to change.".formatted(name));
        }
        EntityTags.requireMatch(ifMatch, type.revision);
        return type;
    }

    private PlatformType requirePlatform(String name) {
        PlatformType type = catalog.find(name);
        if (type == null) {
            throw Problems.notFound(KIND, name);
        }
        return type;
    }

    private static List<FieldError> breaks(@Nullable EventTypeVersion before, EventTypeVersion version) {
        return before == null ? List.of() : EventTypeRules.breaks(before.payloadSchema, version.payloadSchema);
    }

    private static RuntimeException incompatible(int latest, List<FieldError> breaks) {
        return Problems.of("incompatible-version", "Incompatible version", Status.CONFLICT)
                .withDetail(
                        "It breaks those who read version %d; errors says how. Add it with compatibility=none if it is to."
                                .formatted(latest))
                .with("errors", breaks)
                .build();
    }

    private static int length(EventTypeVersion version) {
        return length(version.payloadSchema) + length(version.downgrade);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static Long id(EventType type) {
        if (type.id == null) {
            throw new IllegalStateException("an event type is stored before it is referred to");
        }
        return type.id;
    }

    private static String requireName(String text) {
        if (!EventTypes.isName(text)) {
            throw new IllegalArgumentException("no name of an event type");
        }
        return text;
    }

    private static void requireNone(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problems.badFields(errors);
        }
    }
}
