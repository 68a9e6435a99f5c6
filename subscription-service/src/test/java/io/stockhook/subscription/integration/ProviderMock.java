package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All providers on one port, each as its public documentation describes it: what that says is refused is refused, with the status and the
 * words it gives.
 */
final class ProviderMock implements AutoCloseable {

    static final String SLACK_PATH = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
    static final String DISCORD_PATH = "/api/webhooks/1234567890/token-1";
    static final String TEAMS_PATH = "/workflows/abc/triggers/manual/paths/invoke?sig=good";
    static final String ZAPIER_PATH = "/hooks/catch/123456/abcdef/";
    static final String ROUTING_KEY = "0123456789abcdef0123456789ABCDEF";
    static final String MAILCHIMP_KEY = "0123456789abcdef0123456789abcdef-us6";
    static final String LIST_ID = "a1b2c3d4e5";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
    private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
    private static final Set<String> MEMBER_STATUSES =
            Set.of("subscribed", "unsubscribed", "cleaned", "pending", "transactional");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What a provider answers. */
    record Answer(int status, String body) {}

    /** A provider on a free port of loopback. */
    ProviderMock() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Scheme, host and port. */
    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answer(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Answer answer(String path, @Nullable String authorization, String text) {
        JsonNode body = json(text);
        if (path.startsWith("/services/")) {
            return slack(path, body);
        }
        if (path.startsWith("/api/webhooks/")) {
            return discord(path, body);
        }
        if (path.startsWith("/workflows/")) {
            return teams(path, text, body);
        }
        if (path.startsWith("/hooks/")) {
            return zapier(path, body);
        }
        if (path.equals("/v2/enqueue")) {
            return pagerDuty(body);
        }
        return path.startsWith("/3.0/lists/") ? mailchimp(path, authorization, body) : new Answer(404, "");
    }

    /** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and the changelog of 2016-05-17. */
    private static Answer slack(String path, @Nullable JsonNode body) {
        if (path.endsWith("/removed")) {
            return new Answer(404, "no_service");
        }
        if (path.endsWith("/archived")) {
            return new Answer(410, "channel_is_archived");
        }
        if (path.endsWith("/restricted")) {
            return new Answer(403, "action_prohibited");
        }
        if (!path.equals(SLACK_PATH)) {
            return new Answer(403, "invalid_token");
        }
        if (body == null
                || !body.isObject()
                || (body.has("text") && !body.get("text").isTextual())) {
            return new Answer(400, "invalid_payload");
        }
        if (body.path("channel").asText().equals("#nowhere")) {
            return new Answer(404, "channel_not_found");
        }
        if (body.has("blocks")) {
            JsonNode text = body.at("/blocks/0/text");
            boolean isSection = body.at("/blocks/0/type").asText().equals("section")
                    && Set.of("plain_text", "mrkdwn").contains(text.path("type").asText())
                    && !text.path("text").asText().isEmpty()
                    && text.path("text").asText().length() <= 3_000;
            return isSection ? new Answer(200, "ok") : new Answer(400, "invalid_blocks");
        }
        return body.path("text").asText().isEmpty() ? new Answer(400, "no_text") : new Answer(200, "ok");
    }

    /** https://discord.com/developers/docs/resources/webhook#execute-webhook and its table of error codes. */
    private static Answer discord(String path, @Nullable JsonNode body) {
        String plain = path.replaceAll("\\?.*", "");
        if (plain.startsWith("/api/webhooks/404/")) {
            return new Answer(404, "{\"message\": \"Unknown Webhook\", \"code\": 10015}");
        }
        if (!plain.equals(DISCORD_PATH)) {
            return new Answer(401, "{\"message\": \"Invalid Webhook Token\", \"code\": 50027}");
        }
        if (path.contains("thread_id=404")) {
            return new Answer(400, "{\"message\": \"Unknown Channel\", \"code\": 10003}");
        }
        if (body == null || !body.isObject()) {
            return new Answer(400, "{\"message\": \"The request body contains invalid JSON.\", \"code\": 50109}");
        }
        if (body.path("content").asText().isEmpty() && body.path("embeds").isEmpty()) {
            return new Answer(400, "{\"message\": \"Cannot send an empty message\", \"code\": 50006}");
        }
        boolean isNameWrong = body.has("username")
                && (body.get("username").asText().length() > 80
                        || body.get("username")
                                .asText()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains("discord"));
        return !body.path("content").isTextual() || body.get("content").asText().length() > 2_000 || isNameWrong
                ? new Answer(400, "{\"message\": \"Invalid Form Body\", \"code\": 50035}")
                : new Answer(204, "");
    }

    /** Learn, "Create incoming webhooks with Workflows for Microsoft Teams", and the trigger's documentation. */
    private static Answer teams(String path, String text, @Nullable JsonNode body) {
        if (path.startsWith("/workflows/gone/")) {
            return new Answer(404, "{\"error\":{\"code\":\"WorkflowNotFound\"}}");
        }
        if (!path.contains("sig=good")) {
            return new Answer(401, "{\"error\":{\"code\":\"DirectApiAuthorizationRequired\"}}");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > 28 * 1024) {
            return new Answer(413, "");
        }
        boolean isCard = body != null
                && body.path("type").asText().equals("message")
                && body.path("attachments").isArray()
                && body.at("/attachments/0/contentType").asText().equals("application/vnd.microsoft.card.adaptive")
                && body.at("/attachments/0/content/type").asText().equals("AdaptiveCard")
                && body.at("/attachments/0/content/version").isTextual()
                && body.at("/attachments/0/content/body").isArray();
        return isCard ? new Answer(202, "") : new Answer(400, "{\"error\":{\"code\":\"TriggerInputSchemaMismatch\"}}");
    }

    /** Zapier's help, "Send webhooks in Zaps"; any JSON is taken. */
    private static Answer zapier(String path, @Nullable JsonNode body) {
        if (!path.equals(ZAPIER_PATH)) {
            return new Answer(404, "{\"status\": \"error\"}");
        }
        return body == null
                ? new Answer(400, "{\"status\": \"error\", \"message\": \"Unable to parse the payload.\"}")
                : new Answer(
                        200, "{\"attempt\": \"1\", \"id\": \"1\", \"request_id\": \"1\", \"status\": \"success\"}");
    }

    /** https://developer.pagerduty.com/docs/send-alert-event. */
    private static Answer pagerDuty(@Nullable JsonNode body) {
        List<String> errors = new ArrayList<>();
        if (body == null || !body.isObject()) {
            errors.add("'JSON' is invalid");
        } else {
            String key = body.path("routing_key").asText();
            if (key.isEmpty()) {
                errors.add("'routing_key' is missing or blank");
            } else if (!key.equals(ROUTING_KEY)) {
                errors.add("Invalid routing_key");
            }
            String action = body.path("event_action").asText();
            if (!ACTIONS.contains(action)) {
                errors.add("'event_action' is invalid (must be one of: trigger, acknowledge, resolve)");
            }
            if (body.path("dedup_key").asText().length() > 255
                    || (!action.equals("trigger")
                            && body.path("dedup_key").asText().isEmpty())) {
                errors.add("'dedup_key' is missing or too long");
            }
            if (action.equals("trigger")) {
                pagerDutyPayload(body.path("payload"), errors);
            }
        }
        return errors.isEmpty()
                ? new Answer(202, "{\"status\": \"success\", \"message\": \"Event processed\", \"dedup_key\": \"1\"}")
                : new Answer(
                        400,
                        "{\"status\": \"invalid event\", \"message\": \"Event object is invalid\", \"errors\": [\"%s\"]}"
                                .formatted(String.join("\", \"", errors)));
    }

    private static void pagerDutyPayload(JsonNode payload, List<String> errors) {
        String summary = payload.path("summary").asText();
        if (summary.isBlank()) {
            errors.add("'payload.summary' is missing or blank");
        } else if (!payload.get("summary").isTextual() || summary.length() > 1_024) {
            errors.add("'payload.summary' is invalid");
        }
        if (payload.path("source").asText().isBlank()) {
            errors.add("'payload.source' is missing or blank");
        }
        if (!SEVERITIES.contains(payload.path("severity").asText())) {
            errors.add(
                    "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')");
        }
    }

    /** https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/. */
    private static Answer mailchimp(String path, @Nullable String authorization, @Nullable JsonNode body) {
        String credentials = authorization == null || !authorization.startsWith("Basic ")
                ? ""
                : new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        if (!credentials.endsWith(':' + MAILCHIMP_KEY)) {
            return new Answer(401, "{\"title\": \"API Key Invalid\", \"status\": 401}");
        }
        if (!path.equals("/3.0/lists/" + LIST_ID)) {
            return new Answer(404, "{\"title\": \"Resource Not Found\", \"status\": 404}");
        }
        JsonNode members = body == null ? null : body.get("members");
        if (members == null || !members.isArray() || members.isEmpty() || members.size() > 500) {
            return new Answer(400, "{\"title\": \"Invalid Resource\", \"status\": 400}");
        }
        JsonNode member = members.get(0);
        if (!member.path("email_address").isTextual()
                || !MEMBER_STATUSES.contains(member.path("status").asText())) {
            return new Answer(400, "{\"title\": \"Invalid Resource\", \"status\": 400}");
        }
        String email = member.get("email_address").asText();
        return ADDRESS.matcher(email).matches()
                ? new Answer(200, "{\"new_members\": [{}], \"errors\": [], \"total_created\": 1, \"error_count\": 0}")
                : new Answer(
                        200,
                        "{\"new_members\": [], \"errors\": [{\"email_address\": \"\", \"error\": \"Please provide a valid email address.\"}],"
                                + " \"error_count\": 1}");
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return null;
        }
    }
}
