package io.stockhook.events.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.signature.SignatureVerifier.Verdict;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

class SignatureProperties {

    @Property(tries = 300)
    void whatIsSignedVerifies(
            @ForAll @NotEmpty String secret,
            @ForAll String id,
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long seconds,
            @ForAll byte[] body) {
        // Given
        WebhookSigner signer = new WebhookSigner(List.of(secret));

        // When
        String standard = signer.standard(id, seconds, body);
        String classic = signer.classic(body);

        // Then
        SignatureVerifier verifier = new SignatureVerifier(List.of("another", secret));
        assertThat(verifier.standard(id, Long.toString(seconds), standard, body, Instant.ofEpochSecond(seconds)))
                .isEqualTo(Verdict.VALID);
        assertThat(verifier.classic(classic, body)).isEqualTo(Verdict.VALID);
    }

    @Property(tries = 300)
    void aFlippedBitInTheBodyIsNoticed(@ForAll @NotEmpty byte[] body, @ForAll @IntRange(max = 1_000_000) int anyBit) {
        // Given
        WebhookSigner signer = new WebhookSigner(List.of("secret"));
        String standard = signer.standard("evt", 0, body);
        String classic = signer.classic(body);
        int bit = anyBit % (body.length * 8);

        // When
        body[bit / 8] ^= (byte) (1 << (bit % 8));

        // Then
        SignatureVerifier verifier = new SignatureVerifier(List.of("secret"));
        assertThat(verifier.standard("evt", "0", standard, body, Instant.EPOCH)).isEqualTo(Verdict.MISMATCH);
        assertThat(verifier.classic(classic, body)).isEqualTo(Verdict.MISMATCH);
    }

    @Property(tries = 500)
    void noHeadersWhateverTheyHoldAreAcceptedOrThrow(
            @ForAll String id, @ForAll String timestamp, @ForAll String signature) {
        // Given
        SignatureVerifier verifier = new SignatureVerifier(List.of("secret"));
        byte[] body = "{}".getBytes(UTF_8);

        // When
        Verdict standard = verifier.standard(id, timestamp, signature, body, Instant.EPOCH);
        Verdict stamped = verifier.standard(id, "0", "v1," + signature, body, Instant.EPOCH);
        Verdict classic = verifier.classic(signature, body);
        Verdict prefixed = verifier.classic("sha256=" + signature, body);

        // Then
        assertThat(List.of(standard, stamped, classic, prefixed)).doesNotContain(Verdict.VALID);
    }
}
