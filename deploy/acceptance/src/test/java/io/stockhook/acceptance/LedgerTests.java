package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The checker itself: it finds what was planted. */
class LedgerTests {

    private final Ledger ledger = new Ledger();

    @Test
    void whatArrivedAsItWasAcceptedIsClean() {
        ledger.accept("evt_1", "{\"n\":1}");
        ledger.receive("evt_1", receipt("dlv_1", "{\"n\":1}", true));

        Ledger.Findings findings = ledger.check();

        assertThat(findings.isClean()).isTrue();
        assertThat(findings.duplicates()).isZero();
    }

    @Test
    void whatNeverArrivedIsLost() {
        ledger.accept("evt_1", "{}");

        assertThat(ledger.check().lost()).containsExactly("evt_1");
    }

    @Test
    void whatWasNeverAcceptedIsUnknown() {
        ledger.receive("evt_2", receipt("dlv_2", "{}", true));

        assertThat(ledger.check().unknown()).containsExactly("evt_2");
    }

    @Test
    void whatArrivedTwiceIsADuplicateAndStillClean() {
        ledger.accept("evt_1", "{}");
        ledger.receive("evt_1", receipt("dlv_1", "{}", true));
        ledger.receive("evt_1", receipt("dlv_1", "{}", true));

        Ledger.Findings findings = ledger.check();

        assertThat(findings.duplicates()).isEqualTo(1);
        assertThat(findings.isClean()).isTrue();
    }

    @Test
    void otherDataThanAcceptedIsAWrongBody() {
        ledger.accept("evt_1", "{\"n\":1}");
        ledger.receive("evt_1", receipt("dlv_1", "{\"n\":2}", true));

        assertThat(ledger.check().wrongBody()).containsExactly("evt_1");
    }

    @Test
    void otherBytesTheSecondTimeAreAWrongBody() {
        ledger.accept("evt_1", "{}");
        ledger.receive("evt_1", receipt("dlv_1", "{}", true));
        ledger.receive("evt_1", new Ledger.Receipt("dlv_1", bytes(" {\"data\":{}}"), true));

        assertThat(ledger.check().wrongBody()).containsExactly("evt_1");
    }

    @Test
    void signatureThatDoesNotHoldIsFound() {
        ledger.accept("evt_1", "{}");
        ledger.receive("evt_1", receipt("dlv_1", "{}", false));

        assertThat(ledger.check().wrongSignature()).containsExactly("evt_1");
    }

    private static Ledger.Receipt receipt(String deliveryId, String data, boolean isSigned) {
        return new Ledger.Receipt(deliveryId, bytes("{\"type\":\"a.b\",\"data\":" + data + "}"), isSigned);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
