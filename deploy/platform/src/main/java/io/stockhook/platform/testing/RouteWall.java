package io.stockhook.platform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tries every route of a {@link RouteTable} on a running service: without a token, with each role, and with what another tenant owns. Each
 * attempt gives complaints, none if the wall holds.
 */
public final class RouteWall {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
    private static final String UNKNOWN = "unknown";
    /** The longest answer that is looked into; a stream of events has no end. */
    private static final int MAX_ANSWER = 1024 * 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI origin;
    private final RouteTable table;

    /** @param origin where the service listens */
    public RouteWall(URI origin, RouteTable table) {
        this.origin = origin;
        this.table = table;
    }

    /**
     * What a tenant has, for another one to reach for.
     *
     * @param tenant its id
     * @param ids an id for each path with a parameter: under {@code /api/v1/webhooks/{id}} that of a webhook
     * @param bodies what a request has to carry to get as far as the id, by route; {@code {}} where there is none
     * @param names the paths whose parameter is the same name for every tenant: another one finds its own there, and must not change this one's
     */
    public record Belongings(String tenant, Map<String, String> ids, Map<String, String> bodies, Set<String> names) {

        /** What a tenant has, all of it under ids that are its own. */
        public Belongings(String tenant, Map<String, String> ids, Map<String, String> bodies) {
            this(tenant, ids, bodies, Set.of());
        }

        private boolean isOfAll(String path) {
            return names.stream().anyMatch(path::startsWith);
        }
    }

    private record Answer(int status, String body) {}

    /** Routes that answer a request without a token otherwise than with 401. */
    public List<String> withoutToken() {
        List<String> complaints = new ArrayList<>();
        for (RouteTable.Rule rule : table.rules()) {
            Answer answer = send(rule, unknown(rule.path()), null, "{}");
            if (!rule.isOpen() && answer.status() != 401) {
                complaints.add("%s without a token: %d".formatted(rule.route(), answer.status()));
            } else if (rule.isOpen() && answer.status() == 403) {
                complaints.add("%s is not open: %d".formatted(rule.route(), answer.status()));
            }
        }
        return complaints;
    }

    /**
     * Routes that let in a role which they should not, or the other way round.
     *
     * @param tenant one that exists
     */
    public List<String> withEachRole(String tenant) {
        List<String> complaints = new ArrayList<>();
        for (RouteTable.Rule rule : table.rules()) {
            if (rule.isOpen()) {
                continue;
            }
            for (String role : RouteTable.roles()) {
                int status = send(rule, unknown(rule.path()), TestTokens.of(tenant, role), "{}")
                        .status();
                boolean isRight = rule.allows(role) ? status != 401 && status != 403 && status != 500 : status == 403;
                if (!isRight) {
                    complaints.add("%s as %s: %d, which %s"
                            .formatted(rule.route(), role, status, rule.allows(role) ? "may" : "may not"));
                }
            }
        }
        return complaints;
    }

    /**
     * Routes with an id that answer another tenant's owner otherwise than with 404, or change what is not theirs.
     *
     * @param intruder another tenant that exists
     */
    public List<String> withForeignIds(Belongings belongings, String intruder) {
        List<String> complaints = new ArrayList<>();
        Map<String, String> before = shown(belongings);
        String token = TestTokens.of(intruder, "owner");
        for (RouteTable.Rule rule : table.rules()) {
            if (rule.isOpen()
                    || !rule.allows("owner")
                    || !PARAMETER.matcher(rule.path()).find()) {
                continue;
            }
            String path = concrete(rule.path(), belongings.ids());
            if (PARAMETER.matcher(path).find()) {
                complaints.add(rule.route() + ": no example of an id for " + path);
                continue;
            }
            int status = send(rule, path, token, belongings.bodies().getOrDefault(rule.route(), "{}"))
                    .status();
            if (status != 404 && !belongings.isOfAll(rule.path())) {
                complaints.add("%s with another tenant's id: %d".formatted(rule.route(), status));
            }
        }
        shown(belongings).forEach((path, after) -> {
            if (!after.equals(before.get(path))) {
                complaints.add("%s was changed by another tenant: %s".formatted(path, after));
            }
        });
        return complaints;
    }

    /** Lists that show one tenant's ids to another. */
    public List<String> inLists(Belongings belongings, String intruder) {
        List<String> complaints = new ArrayList<>();
        StringBuilder own = new StringBuilder();
        for (RouteTable.Rule rule : table.rules()) {
            if (!rule.method().equals("GET")
                    || !rule.allows("owner")
                    || PARAMETER.matcher(rule.path()).find()) {
                continue;
            }
            own.append(send(rule, rule.path(), TestTokens.of(belongings.tenant(), "owner"), null)
                    .body());
            String foreign = send(rule, rule.path(), TestTokens.of(intruder, "owner"), null)
                    .body();
            belongings.ids().entrySet().stream()
                    // What is within something of the tenant's may have a number that is another's as well.
                    .filter(entry ->
                            !PARAMETER.matcher(parent(entry.getKey())).find() && !belongings.isOfAll(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(foreign::contains)
                    .forEach(id -> complaints.add("%s shows %s to another tenant".formatted(rule.route(), id)));
        }
        belongings.ids().forEach((path, id) -> {
            boolean isListed =
                    table.rules().stream().anyMatch(rule -> rule.route().equals("GET " + parent(path)));
            if (isListed && own.indexOf(id) < 0) {
                complaints.add("%s does not even show %s to its own tenant".formatted(parent(path), id));
            }
        });
        return complaints;
    }

    private Map<String, String> shown(Belongings belongings) {
        Map<String, String> shown = new TreeMap<>();
        String token = TestTokens.of(belongings.tenant(), "owner");
        for (RouteTable.Rule rule : table.rules()) {
            if (rule.method().equals("GET") && belongings.ids().containsKey(rule.path()) && rule.allows("owner")) {
                String path = concrete(rule.path(), belongings.ids());
                Answer answer = send(rule, path, token, null);
                shown.put(path, answer.status() + " " + answer.body());
            }
        }
        return shown;
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String unknown(String path) {
        return PARAMETER.matcher(path).replaceAll(UNKNOWN);
    }

    /** With each parameter replaced for which there is an id, by the path up to it. */
    private static String concrete(String template, Map<String, String> ids) {
        Matcher parameter = PARAMETER.matcher(template);
        StringBuilder path = new StringBuilder();
        while (parameter.find()) {
            String id = ids.getOrDefault(template.substring(0, parameter.end()), parameter.group());
            parameter.appendReplacement(path, Matcher.quoteReplacement(id));
        }
        return parameter.appendTail(path).toString();
    }

    private Answer send(RouteTable.Rule rule, String path, @Nullable String token, @Nullable String body) {
        boolean hasBody =
                body != null && !rule.method().equals("GET") && !rule.method().equals("HEAD");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(origin + path.replace("{", "%7B").replace("}", "%7D")))
                .timeout(TIMEOUT)
                .method(
                        rule.method(),
                        hasBody ? BodyPublishers.ofString(String.valueOf(body)) : BodyPublishers.noBody());
        if (hasBody) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream stream = response.body()) {
                boolean isEndless = response.headers()
                        .firstValue("content-type")
                        .map(type -> type.startsWith("text/event-stream") || type.startsWith("application/x-ndjson"))
                        .orElse(false);
                return new Answer(
                        response.statusCode(),
                        isEndless ? "" : new String(stream.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(rule.route() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(rule.route() + " was interrupted", e);
        }
    }
}
