package io.stockhook.receiver.mock;

import io.stockhook.events.signature.SignatureVerifier;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a mock endpoint makes of a call: which answer is next, and whether the signatures verify. Pure. */
final class MockBehaviour {

    private static final String WEBHOOK_ID = "webhook-id";
    private static final String WEBHOOK_TIMESTAMP = "webhook-timestamp";
    private static final String WEBHOOK_SIGNATURE = "webhook-signature";
    private static final String CLASSIC_SUFFIX = "signature";

    private MockBehaviour() {}

    /** The verdicts on both schemes. */
    record Signatures(SignatureCheck standard, SignatureCheck classic) {}

    /**
     * The answer to a call; the last of the sequence repeats.
     *
     * @param answered which call it is since the sequence began, from 1
     */
    static MockResponse answer(List<MockResponse> responses, long answered) {
        int index = (int) Math.min(answered, responses.size()) - 1;
        return responses.get(index);
    }

    /**
     * Verifies both schemes.
     *
     * @param verifier null if the endpoint has neither a secret nor a public key
     * @param hasSecret whether there is anything to verify the classic signature with
     */
    static Signatures verify(
            @Nullable SignatureVerifier verifier, boolean hasSecret, String headerPrefix, MockCall call) {
        if (verifier == null) {
            return new Signatures(SignatureCheck.NO_SECRET, SignatureCheck.NO_SECRET);
        }
        var standard = verifier.standard(
                call.header(WEBHOOK_ID),
                call.header(WEBHOOK_TIMESTAMP),
                call.header(WEBHOOK_SIGNATURE),
                call.body(),
                call.receivedAt());
        if (!hasSecret) {
            return new Signatures(SignatureCheck.of(standard), SignatureCheck.NO_SECRET);
        }
        var classic =
                verifier.classic(call.header(headerPrefix.toLowerCase(Locale.ROOT) + CLASSIC_SUFFIX), call.body());
        return new Signatures(SignatureCheck.of(standard), SignatureCheck.of(classic));
    }
}
