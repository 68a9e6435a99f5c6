package io.stockhook.events.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.address.EndpointUrl.RefusedUrlException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class EndpointUrlProperties {

    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());
    private static final AddressPolicy LOOPBACK_ALLOWED = new AddressPolicy(List.of("127.0.0.0/8", "::1/128"));

    @Property(tries = 1000)
    void anyTextIsAUrlOrRefused(@ForAll("texts") String text) {
        assertUrlOrRefused(text, PUBLIC_ONLY);
        assertUrlOrRefused(text, LOOPBACK_ALLOWED);
    }

    @Property(tries = 1000)
    void anyTextAfterTheSchemeIsAUrlOrRefused(@ForAll("texts") String text) {
        assertUrlOrRefused("https://" + text, PUBLIC_ONLY);
        assertUrlOrRefused("http://" + text, LOOPBACK_ALLOWED);
    }

    @Property(tries = 1000)
    void anyMixtureOfPiecesIsAUrlOrRefused(@ForAll("mixtures") String text) {
        assertUrlOrRefused(text, PUBLIC_ONLY);
        assertUrlOrRefused(text, LOOPBACK_ALLOWED);
    }

    @Property(tries = 1000)
    void anAddressAsHostIsJudgedAsTheAddressItIs(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        assertJudgedByThePolicy(InetAddress.getByAddress(bytes));
    }

    @Property(tries = 500)
    void aSixthVersionAddressAsHostIsJudgedAsTheAddressItIs(@ForAll @Size(16) byte[] bytes)
            throws UnknownHostException {
        assertJudgedByThePolicy(InetAddress.getByAddress(bytes));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(60);
        Arbitrary<String> looksLikeOne = Arbitraries.strings()
                .withChars("htps:/.@%[]?#\\-_0123456789abcdefx\u00fc\u3002\uff11\ud800\udc00\u0000 \t")
                .ofMaxLength(40);
        return Arbitraries.oneOf(anything, looksLikeOne);
    }

    @Provide
    Arbitrary<String> mixtures() {
        return Arbitraries.of(
                        "https",
                        "http",
                        ":",
                        "//",
                        "/",
                        "\\",
                        "@",
                        "%",
                        "%25",
                        "%2e",
                        "[",
                        "]",
                        "::",
                        "::1",
                        "::ffff:",
                        "127",
                        "0x7f",
                        "0177",
                        "2130706433",
                        ".",
                        "..",
                        "\u3002",
                        "\u2024",
                        "1",
                        "0",
                        "localhost",
                        "example",
                        "com",
                        "xn--",
                        "xn--a",
                        "b\u00fccher",
                        "\u00df",
                        "\u200d",
                        "\ud83d\ude00",
                        "\ud800",
                        "-",
                        "_",
                        "*",
                        ":443",
                        ":80",
                        ":8443",
                        ":0",
                        ":99999",
                        "?",
                        "#",
                        "a=b",
                        " ",
                        "\r\n",
                        "\u0000")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    private static void assertUrlOrRefused(String text, AddressPolicy policy) {
        EndpointUrl url;
        try {
            url = EndpointUrl.parse(text, policy);
        } catch (RefusedUrlException refused) {
            assertThat(refused.reason()).isNotBlank();
            return;
        }
        assertThat(url.host()).matches("[a-z0-9.:-]+");
        assertThat(url.pathAndQuery()).startsWith("/").matches("[\\x21-\\x7e]+");
        assertThat(url.port()).isBetween(1, 65_535);
        InetAddress literal = url.literal();
        if (literal != null) {
            assertThat(policy.permits(literal)).isTrue();
        }
        if (policy == PUBLIC_ONLY) {
            assertThat(url.isTls()).isTrue();
            assertThat(url.port()).isIn(443, 8443);
        }
    }

    private static void assertJudgedByThePolicy(InetAddress address) {
        String host = address instanceof Inet6Address ? '[' + address.getHostAddress() + ']' : address.getHostAddress();
        boolean isAccepted;
        try {
            EndpointUrl.parse("https://" + host + '/', PUBLIC_ONLY);
            isAccepted = true;
        } catch (RefusedUrlException refused) {
            isAccepted = false;
        }
        assertThat(isAccepted).as(host).isEqualTo(PUBLIC_ONLY.permits(address));
    }
}
