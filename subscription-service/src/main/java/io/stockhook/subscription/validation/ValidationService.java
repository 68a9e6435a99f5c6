package io.stockhook.subscription.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.subscription.eventtype.EventTypeService;
import io.stockhook.subscription.validation.ValidationView.FilterAnswer;
import io.stockhook.subscription.validation.ValidationView.PayloadAnswer;
import io.stockhook.subscription.validation.ValidationView.SignatureAnswer;
import io.stockhook.subscription.validation.ValidationView.UrlAnswer;
import io.stockhook.subscription.webhook.SigningKeys;
import io.stockhook.subscription.webhook.WebhookService;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks each part's diagnosis. What a diagnosis cannot be made of is the caller's mistake; what it finds is the answer. */
@ApplicationScoped
class ValidationService {

    /** What an event type without a schema asks of data. */
    private static final JsonNode ANY_OBJECT =
            JsonNodeFactory.instance.objectNode().put("type", "object");

    private final WebhookService webhooks;
    private final EventTypeService eventTypes;
    private final UrlDiagnosis urls;

    ValidationService(WebhookService webhooks, EventTypeService eventTypes, UrlDiagnosis urls) {
        this.webhooks = webhooks;
        this.eventTypes = eventTypes;
        this.urls = urls;
    }

    /**
     * What is wrong with the parts of a request.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if there is nothing to look at, 404 if webhook or event type is not the tenant's
     */
    ValidationView validate(String tenantId, ValidationRequest request) {
        if (Stream.of(request.signature(), request.payload(), request.url(), request.filter())
                .allMatch(Objects::isNull)) {
            throw Problems.badRequest("Give one of signature, payload, url and filter, or several.");
        }
        return ValidationView.of(
                signature(tenantId, request.signature()),
                payload(tenantId, request.payload()),
                url(request.url()),
                filter(request.filter()));
    }

    private @Nullable SignatureAnswer signature(String tenantId, ValidationRequest.@Nullable Signature asked) {
        if (asked == null) {
            return null;
        }
        byte[] body = body(asked);
        Instant receivedAt = asked.receivedAt() == null ? Instant.now() : asked.receivedAt();
        return SignatureDiagnosis.of(keys(tenantId, asked, receivedAt), asked.headers(), body, receivedAt);
    }

    private VerificationKeys keys(String tenantId, ValidationRequest.Signature asked, Instant receivedAt) {
        String secret = asked.secret();
        String publicKey = asked.publicKey();
        if (publicKey != null && !Ed25519Keys.isPublicKey(publicKey)) {
            throw Problems.badField("signature.public_key", "Must be whpk_ and the base64 of 32 bytes.");
        }
        if (asked.webhookId() != null) {
            if (secret != null || publicKey != null) {
                throw Problems.badField(
                        "signature.webhook_id", "Stands in the place of secret and public_key; give either.");
            }
            SigningKeys keys = webhooks.signingKeys(tenantId, asked.webhookId(), receivedAt);
            return new VerificationKeys(keys.secrets(), keys.publicKeys(), keys.headerPrefix(), false);
        }
        if (secret == null && publicKey == null) {
            throw Problems.badField("signature.secret", "Is needed, or else webhook_id or public_key.");
        }
        return new VerificationKeys(
                secret == null ? List.of() : List.of(secret),
                publicKey == null ? List.of() : List.of(publicKey),
                EndpointRegistration.DEFAULT_HEADER_PREFIX,
                true);
    }

    private static byte[] body(ValidationRequest.Signature asked) {
        if (asked.body() != null && asked.bodyBase64() != null) {
            throw Problems.badField("signature.body_base64", "Stands in the place of body; give either.");
        }
        if (asked.bodyBase64() != null) {
            try {
                return Base64.getDecoder().decode(asked.bodyBase64());
            } catch (IllegalArgumentException e) {
                throw Problems.badField("signature.body_base64", "Must be base64.");
            }
        }
        if (asked.body() == null) {
            throw Problems.badField("signature.body", "Is needed, or else body_base64.");
        }
        try {
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(asked.body()));
            byte[] body = new byte[bytes.remaining()];
            bytes.get(body);
            return body;
        } catch (CharacterCodingException e) {
            throw Problems.badField(
                    "signature.body", "Has half of a surrogate pair, which no bytes stand for; give body_base64.");
        }
    }

    private @Nullable PayloadAnswer payload(String tenantId, ValidationRequest.@Nullable Payload asked) {
        if (asked == null) {
            return null;
        }
        JsonNode data = given("payload.data", asked.data());
        JsonNode schema = orNull(asked.schema());
        if (asked.eventType() == null) {
            if (schema == null) {
                throw Problems.badField("payload.event_type", "Is needed, or else schema.");
            }
            return PayloadDiagnosis.of(schema, data);
        }
        if (schema != null) {
            throw Problems.badField("payload.schema", "Stands in the place of event_type; give either.");
        }
        JsonNode ofType = eventTypes.payloadSchema(tenantId, asked.eventType(), asked.version());
        return PayloadDiagnosis.of(ofType == null ? ANY_OBJECT : ofType, data);
    }

    private @Nullable UrlAnswer url(@Nullable String url) {
        return url == null ? null : urls.of(url);
    }

    private static @Nullable FilterAnswer filter(ValidationRequest.@Nullable Filter asked) {
        return asked == null
                ? null
                : FilterDiagnosis.of(given("filter.filters", asked.filters()), orNull(asked.sample()));
    }

    /** JSON that was left out reads as null. */
    private static JsonNode given(String field, JsonNode json) {
        if (json.isNull()) {
            throw Problems.badField(field, "Is needed.");
        }
        return json;
    }

    private static @Nullable JsonNode orNull(@Nullable JsonNode json) {
        return json == null || json.isNull() ? null : json;
    }
}
