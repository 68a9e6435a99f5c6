package io.stockhook.delivery.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.confirmation.ConfirmationTokens;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.SecretBox;
import io.stockhook.events.TraceContext;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.events.signature.SignatureVerifier.Verdict;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.events.template.RenderingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestComposerTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:06.999Z");
    private static final String OWNER = EndpointRegistration.secretOwner("wh_1");
    private static final String CURRENT = "whsec_" + "Y3VycmVudA==";
    private static final String FORMER = "whsec_" + "Zm9ybWVy";
    private static final DeliveryTask TASK = Tasks.first("evt_1");

    private final SecretBox box =
            SecretBox.fromConfig("k1:" + Base64.getEncoder().encodeToString(new byte[32]));
    private final PreparedEndpoints endpoints =
            new PreparedEndpoints(box, new AddressPolicy(List.of()), new EventTypeTable<>(PayloadVersions::of));

    @Test
    void signsTheBodyItSendsInBothSchemes() {
        // When
        OutgoingRequest request = compose(endpoint(Map.of(), secret(CURRENT, null)));

        // Then
        assertThat(verify(request, CURRENT)).isEqualTo(Verdict.VALID);
        assertThat(new SignatureVerifier(List.of(CURRENT))
                        .classic(request.headers().get("X-Webhook-Signature"), request.body()))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void saysWhichEventDeliveryAndAttemptItIs() {
        // When
        OutgoingRequest request = compose(endpoint(Map.of(), secret(CURRENT, null)));

        // Then
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers().get("webhook-id")).isEqualTo("evt_1");
        assertThat(request.headers().get("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(request.headers().get("X-Webhook-Event")).isEqualTo("catalog.product.created");
        assertThat(request.headers().get("X-Webhook-Delivery")).isEqualTo(TASK.deliveryId());
        assertThat(request.headers().get("X-Webhook-Attempt")).isEqualTo("1");
        assertThat(request.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().get("User-Agent")).isEqualTo("Stockhook/1.2.3");
        assertThat(TraceContext.parse(request.headers().get("traceparent"))).isNotNull();
    }

    @Test
    void aBatchIsSentAsItWasFrozenUnderItsOwnId() {
        // Given
        EventBatch.Part one = new EventBatch.Part(TASK, "{\"id\":1}".getBytes(UTF_8), -1);
        EventBatch.Part other = new EventBatch.Part(Tasks.first("evt_2"), "{\"id\":2}".getBytes(UTF_8), -1);
        DeliveryTask batch = DeliveryTask.batch(List.of(one, other), "application/cloudevents-batch+json", NOW);

        // When
        OutgoingRequest request = new RequestComposer(new ConfirmationTokens(box), "1.2.3")
                .compose(batch, endpoints.of(endpoint(Map.of(), secret(CURRENT, null)), NOW), NOW);

        // Then
        assertThat(request.body()).asString().isEqualTo("[{\"id\":1},{\"id\":2}]");
        assertThat(verify(request, CURRENT)).isEqualTo(Verdict.VALID);
        assertThat(request.headers().get("webhook-id")).startsWith("bat_");
        assertThat(request.headers().get("X-Webhook-Delivery"))
                .isEqualTo(request.headers().get("webhook-id"));
        assertThat(request.headers().get("X-Webhook-Event")).isEqualTo("batch");
        assertThat(request.headers().get("X-Webhook-Batch-Size")).isEqualTo("2");
        assertThat(request.headers().get("Content-Type")).isEqualTo("application/cloudevents-batch+json");
    }

    @Test
    void anEventThatIsAttemptedAloneIsAnArrayOfOneForWhoeverWantsBatches() {
        // Given
        EndpointRegistration batched = endpoint(Map.of(), secret(CURRENT, null)).registration().toBuilder()
                .batch(new EndpointRegistration.Batch(10, 1_000))
                .build();

        // When
        OutgoingRequest request = compose(new Endpoint(batched));

        // Then
        assertThat(request.body()).asString().startsWith("[{\"id\":\"evt_1\",").endsWith("}]");
        assertThat(request.headers().get("webhook-id")).isEqualTo("evt_1");
        assertThat(request.headers().get("X-Webhook-Event")).isEqualTo("catalog.product.created");
        assertThat(request.headers().get("X-Webhook-Batch-Size")).isEqualTo("1");
    }

    @Test
    void sendsTheEndpointsOwnHeadersButNoneInPlaceOfOurs() {
        // Given
        Endpoint endpoint = endpoint(
                Map.of("Authorization", "Bearer abc", "Webhook-Signature", "v1,forged", "WEBHOOK-ID", "forged"),
                secret(CURRENT, null));

        // When
        OutgoingRequest request = compose(endpoint);

        // Then
        assertThat(request.headers().get("authorization")).isEqualTo("Bearer abc");
        assertThat(request.headers().getAll("webhook-id")).containsExactly("evt_1");
        assertThat(request.headers().getAll("webhook-signature")).hasSize(1).doesNotContain("v1,forged");
    }

    @Test
    void signsWithTheFormerSecretUntilItsRotationEnds() {
        // Given
        Instant end = NOW.plus(Duration.ofHours(1));
        Endpoint endpoint = endpoint(Map.of(), secret(CURRENT, null), secret(FORMER, end));

        // When
        OutgoingRequest during = compose(endpoint, NOW);
        OutgoingRequest after = compose(endpoint, end.plusSeconds(1));

        // Then
        assertThat(verify(during, CURRENT)).isEqualTo(Verdict.VALID);
        assertThat(verify(during, FORMER)).isEqualTo(Verdict.VALID);
        assertThat(verify(after, CURRENT)).isEqualTo(Verdict.VALID);
        assertThat(verify(after, FORMER)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void signsWithTheNewSecretAsSoonAsTheRegistrationChanges() {
        // Given
        compose(endpoint(Map.of(), secret(FORMER, null)));

        // When
        OutgoingRequest request = compose(endpoint(Map.of(), secret(CURRENT, null)));

        // Then
        assertThat(verify(request, CURRENT)).isEqualTo(Verdict.VALID);
        assertThat(verify(request, FORMER)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void signsWithThePublicSchemeWhereTheEndpointChoseIt() {
        // Given
        Ed25519Keys.Pair current = Ed25519Keys.generate();
        Ed25519Keys.Pair former = Ed25519Keys.generate();
        Instant end = NOW.plus(Duration.ofHours(1));
        Endpoint endpoint =
                signedBy(List.of("v1a"), secret(current.privateKey(), null), secret(former.privateKey(), end));

        // When
        OutgoingRequest during = compose(endpoint, NOW);
        OutgoingRequest after = compose(endpoint, end.plusSeconds(1));

        // Then
        assertThat(verifyPublicly(during, current.publicKey())).isEqualTo(Verdict.VALID);
        assertThat(verifyPublicly(during, former.publicKey())).isEqualTo(Verdict.VALID);
        assertThat(verifyPublicly(after, current.publicKey())).isEqualTo(Verdict.VALID);
        assertThat(verifyPublicly(after, former.publicKey())).isEqualTo(Verdict.MISMATCH);
        assertThat(during.headers().get("webhook-signature")).doesNotContain("v1,");
        assertThat(new SignatureVerifier(List.of(CURRENT))
                        .classic(during.headers().get("X-Webhook-Signature"), during.body()))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void signsInBothSchemesWhereTheEndpointChoseBoth() {
        // Given
        Ed25519Keys.Pair pair = Ed25519Keys.generate();

        // When
        OutgoingRequest request = compose(signedBy(List.of("v1", "v1a", "v9"), secret(pair.privateKey(), null)), NOW);

        // Then
        assertThat(verify(request, CURRENT)).isEqualTo(Verdict.VALID);
        assertThat(verifyPublicly(request, pair.publicKey())).isEqualTo(Verdict.VALID);
    }

    @Test
    void sendsNothingUnsignedWhereTheChosenSchemeHasNoKey() {
        // Given
        Endpoint endpoint = signedBy(List.of("v1a"));

        // Then
        assertThatThrownBy(() -> endpoints.of(endpoint, NOW)).isInstanceOf(SecretBox.SecretUnreadableException.class);
    }

    @Test
    void rendersAndSignsTheEndpointsTemplate() {
        // Given
        Endpoint endpoint = templated("{\"text\":\"{{name}}: {{type}}\",\"all\":{{{data}}}}");

        // When
        OutgoingRequest request = compose(endpoint);

        // Then
        assertThat(new String(request.body(), UTF_8))
                .isEqualTo("{\"text\":\"Überraschung: catalog.product.created\",\"all\":{\"name\":\"Überraschung\"}}");
        assertThat(request.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(verify(request, CURRENT)).isEqualTo(Verdict.VALID);
    }

    @Test
    void tellsATemplateThatMakesNoBody() {
        assertThatThrownBy(() -> compose(templated("{\"text\":{{name}}}"))).isInstanceOf(RenderingException.class);
        assertThatThrownBy(() -> compose(templated("{{#a}}"))).isInstanceOf(InvalidTemplateException.class);
        assertThatThrownBy(() -> compose(templated(null))).isInstanceOf(InvalidTemplateException.class);
    }

    @Test
    void namesEveryHeaderOfItsOwnWithTheEndpointsPrefix() {
        // Given
        Endpoint endpoint = changed(one -> one.headerPrefix("X-Axon-"));

        // When
        OutgoingRequest request = compose(endpoint);

        // Then
        assertThat(request.headers().names())
                .contains("X-Axon-Event", "X-Axon-Delivery", "X-Axon-Attempt", "X-Axon-Signature")
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-webhook-"));
    }

    @Test
    void cannotOpenSecretsCopiedFromAnotherEndpoint() {
        // Given
        Endpoint endpoint = endpoint(
                Map.of(), new EncryptedSecret(box.encrypt(CURRENT, EndpointRegistration.secretOwner("wh_2")), null));

        // Then
        assertThatThrownBy(() -> endpoints.of(endpoint, NOW)).isInstanceOf(SecretBox.SecretUnreadableException.class);
    }

    @Test
    void saysThatItIsAReplayUnderTheEndpointsPrefix() {
        // Given
        Endpoint endpoint = endpoint(Map.of(), secret(CURRENT, null));

        // When
        OutgoingRequest replay = compose(TASK.ofRun(2, NOW, null), endpoint);

        // Then
        assertThat(replay.headers().get("X-Webhook-Replay")).isEqualTo("true");
        assertThat(replay.headers().get("webhook-id")).isEqualTo("evt_1");
        assertThat(compose(endpoint).headers().contains("X-Webhook-Replay")).isFalse();
    }

    @Test
    void replayWithAnIdOfItsOwnIsSignedUnderIt() {
        // When
        OutgoingRequest replay = compose(TASK.ofRun(2, NOW, "evt_2"), endpoint(Map.of(), secret(CURRENT, null)));

        // Then
        assertThat(replay.headers().get("webhook-id")).isEqualTo("evt_2");
        assertThat(verify(replay, CURRENT)).isEqualTo(Verdict.VALID);
    }

    @Test
    void aUrlAndATemplateThatAreSealedAreUsedInPlaceOfThoseThatAreShown() {
        // Given
        Endpoint endpoint = changed(one -> one.url("https://example.com/***")
                .payloadFormat("template")
                .template("{\"key\":\"***\"}")
                .sealed(new EndpointRegistration.Sealed(
                        box.encrypt("https://example.com/hooks/secret-1", OWNER),
                        box.encrypt("{\"key\":\"secret-2\",\"type\":\"{{type}}\"}", OWNER))));

        // When
        OutgoingRequest request = compose(endpoint);

        // Then
        assertThat(request.url().pathAndQuery()).isEqualTo("/hooks/secret-1");
        assertThat(new String(request.body(), UTF_8))
                .isEqualTo("{\"key\":\"secret-2\",\"type\":\"catalog.product.created\"}");
        assertThat(endpoint.registration().toString()).doesNotContain("secret-1", "secret-2");
    }

    private EncryptedSecret secret(String plain, @Nullable Instant validUntil) {
        return new EncryptedSecret(box.encrypt(plain, OWNER), validUntil);
    }

    private Endpoint endpoint(Map<String, String> headers, EncryptedSecret... signing) {
        Map<String, String> encrypted = new HashMap<>();
        headers.forEach((name, value) -> encrypted.put(name, box.encrypt(value, OWNER)));
        return new Endpoint(EndpointRegistration.builder("wh_1", "ten_1", "https://example.com/hooks", List.of("*"))
                .headers(encrypted)
                .secrets(List.of(signing))
                .build());
    }

    private Endpoint signedBy(List<String> schemes, EncryptedSecret... privateKeys) {
        return changed(one -> one.signing(new EndpointRegistration.Signing(schemes, List.of(privateKeys))));
    }

    private Endpoint templated(@Nullable String template) {
        return changed(one -> one.payloadFormat("template").template(template));
    }

    private Endpoint changed(UnaryOperator<EndpointRegistration.Builder> change) {
        EndpointRegistration registration =
                endpoint(Map.of(), secret(CURRENT, null)).registration();
        return new Endpoint(change.apply(registration.toBuilder()).build());
    }

    private OutgoingRequest compose(Endpoint endpoint) {
        return compose(endpoint, NOW);
    }

    private OutgoingRequest compose(DeliveryTask task, Endpoint endpoint) {
        return new RequestComposer(new ConfirmationTokens(box), "1.2.3")
                .compose(task, endpoints.of(endpoint, NOW), NOW);
    }

    private OutgoingRequest compose(Endpoint endpoint, Instant now) {
        return new RequestComposer(new ConfirmationTokens(box), "1.2.3")
                .compose(TASK, endpoints.of(endpoint, now), now);
    }

    private static Verdict verify(OutgoingRequest request, String secret) {
        return verify(request, new SignatureVerifier(List.of(secret)));
    }

    private static Verdict verifyPublicly(OutgoingRequest request, String publicKey) {
        return verify(request, new SignatureVerifier(List.of(), List.of(publicKey)));
    }

    private static Verdict verify(OutgoingRequest request, SignatureVerifier verifier) {
        String timestamp = request.headers().get("webhook-timestamp");
        return verifier.standard(
                request.headers().get("webhook-id"),
                timestamp,
                request.headers().get("webhook-signature"),
                request.body(),
                Instant.ofEpochSecond(Long.parseLong(timestamp)));
    }
}
