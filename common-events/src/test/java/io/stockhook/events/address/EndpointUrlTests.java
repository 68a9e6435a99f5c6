package io.stockhook.events.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.address.EndpointUrl.RefusedUrlException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTests {

    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());
    private static final AddressPolicy LOOPBACK_ALLOWED = new AddressPolicy(List.of("127.0.0.0/8", "::1/128"));

    @ParameterizedTest
    @CsvSource({
        "https://example.com,                     example.com,            443,  /",
        "https://example.com/,                    example.com,            443,  /",
        "https://example.com:443/hooks?a=b&c=%20, example.com,            443,  /hooks?a=b&c=%20",
        "https://example.com:8443/hooks,          example.com,            8443, /hooks",
        "https://example.com?a=b,                 example.com,            443,  /?a=b",
        "https://example.com:/,                   example.com,            443,  /",
        "HTTPS://EXAMPLE.COM/Hooks,               example.com,            443,  /Hooks",
        "https://a-b.c1.example.co.uk/,           a-b.c1.example.co.uk,   443,  /",
        "https://example.com./hooks,              example.com,            443,  /hooks",
        "https://bücher.example/,                 xn--bcher-kva.example,  443,  /",
        "https://xn--bcher-kva.example:8443/,     xn--bcher-kva.example,  8443, /",
        "https://例え.テスト/,                     xn--r8jz45g.xn--zckzah, 443,  /",
        "https://8.8.8.8/,                        8.8.8.8,                443,  /",
        "https://1.2.3.4.example.com/,            1.2.3.4.example.com,    443,  /",
        "https://[2606:4700:4700::1111]/,         2606:4700:4700::1111,   443,  /"
    })
    void acceptsAnOrdinaryUrl(String text, String host, int port, String pathAndQuery) {
        // When
        EndpointUrl url = EndpointUrl.parse(text, PUBLIC_ONLY);

        // Then
        assertThat(url.isTls()).isTrue();
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.pathAndQuery()).isEqualTo(pathAndQuery);
    }

    @Test
    void knowsTheAddressOfAHostThatIsOne() throws Exception {
        assertThat(EndpointUrl.parse("https://8.8.4.4/", PUBLIC_ONLY).literal())
                .isEqualTo(InetAddress.getByName("8.8.4.4"));
        assertThat(EndpointUrl.parse("https://example.com/", PUBLIC_ONLY).literal())
                .isNull();
    }

    @Test
    void sendsAPathInAscii() {
        // When
        EndpointUrl url = EndpointUrl.parse("https://example.com/tür?größe=%C3%A4", PUBLIC_ONLY);

        // Then
        assertThat(url.pathAndQuery()).isEqualTo("/t%C3%BCr?gr%C3%B6%C3%9Fe=%C3%A4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback, in every notation
                "https://127.0.0.1/",
                "https://127.255.255.254/",
                "https://127.0.0.1./",
                "https://127.1/",
                "https://127.0.1/",
                "https://2130706433/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0X7F.1/",
                "https://127.0.0.0x1/",
                "https://0x/",
                "https://127.0.0.01/",
                "https://127.0.0.256/",
                "https://127.0.0.1.1/",
                "https://１２７.０.０.１/",
                "https://①②⑦.⓪.⓪.①/",
                "https://127。0。0。1/",
                "https://0/",
                "https://0.0.0.0/",
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[::]/",
                "https://[::127.0.0.1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[0:0:0:0:0:ffff:127.0.0.1]/",
                "https://localhost/",
                "https://localhost./",
                "https://LOCALHOST/",
                // private
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://[::ffff:10.0.0.1]/",
                "https://[fc00::1]/",
                "https://[fd12:3456:789a::1]/",
                "https://[fec0::1]/",
                // link-local and metadata
                "https://169.254.169.254/latest/meta-data/",
                "https://2852039166/",
                "https://0xa9fea9fe/",
                "https://[::ffff:169.254.169.254]/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                // translation and tunnels
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b::169.254.169.254]/",
                "https://[::ffff:0:127.0.0.1]/",
                "https://[64:ff9b:1::a00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2002:a9fe:a9fe::1]/",
                "https://[2001::1]/",
                "https://192.88.99.1/",
                // carrier-grade NAT, benchmarking, documentation, multicast, reserved
                "https://100.64.0.1/",
                "https://100.127.255.255/",
                "https://198.18.0.1/",
                "https://198.19.255.255/",
                "https://192.0.0.8/",
                "https://192.0.2.1/",
                "https://198.51.100.7/",
                "https://203.0.113.7/",
                "https://[2001:db8::1]/",
                "https://[3fff::1]/",
                "https://224.0.0.1/",
                "https://[ff02::1]/",
                "https://[ff0e::1]/",
                "https://[2001:20::1]/",
                "https://[5f00::1]/",
                "https://240.0.0.1/",
                "https://255.255.255.255/",
                "https://[100::1]/"
            })
    void refusesAnAddressThatIsNotPublic(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // zone ids
                "https://[fe80::1%25eth0]/",
                "https://[2606:4700:4700::1111%25eth0]/",
                "https://[2606:4700:4700::1111%eth0]/",
                // userinfo
                "https://user@example.com/",
                "https://user:password@example.com/",
                "https://@example.com/",
                "https://example.com@127.0.0.1/",
                "https://127.0.0.1:443@example.com/",
                "https://example.com%40127.0.0.1/",
                // percent-encoded hosts
                "https://ex%61mple.com/",
                "https://%31%32%37.0.0.1/",
                "https://127.0.0.1%2f.example.com/",
                "https://example.com%00.test/",
                // control characters, spaces, backslashes
                " https://example.com/",
                "https://example.com/ ",
                "https://example.com/a b",
                "https://example.com/\r\nHost: other",
                "https://exam\tple.com/",
                "https://example.com/\0",
                "https://example.com/\u007f",
                "https://example.com/\u0085",
                "https://example.com\\@127.0.0.1/",
                "https:\\\\example.com/",
                // ports
                "https://example.com:0/",
                "https://example.com:22/",
                "https://example.com:80/",
                "https://example.com:8080/",
                "https://example.com:65535/",
                "https://example.com:65536/",
                "https://example.com:4294967739/",
                "https://example.com:99999999999999999999/",
                "https://example.com:-443/",
                "https://example.com:443:443/",
                "https://example.com:٤٤٣/",
                "https://8.8.8.8:8080/",
                // single labels and names that are none
                "https://intranet/",
                "https://com./",
                "https://-example.com/",
                "https://example-.com/",
                "https://example..com/",
                "https://.example.com/",
                "https://example.com../",
                "https://./",
                "https://exa_mple.com/",
                "https://*.example.com/",
                "https://example.com\uff0f@127.0.0.1/",
                "https://\u2100.example/",
                // brackets
                "https://[example.com]/",
                "https://[127.0.0.1]/",
                "https://[::1/",
                "https://::1/",
                "https://[v1.fe80::a]/",
                "https://[2606:4700:4700::1111]x/",
                // scheme and form
                "http://example.com/",
                "http://8.8.8.8/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "//example.com/",
                "/hooks",
                "example.com",
                "https:",
                "https://",
                "https:///hooks",
                "https:example.com",
                "https://?a=b",
                "https://example.com/#part",
                ""
            })
    void refusesAUrlOfAHostileOrBrokenForm(String text) {
        assertRefused(text);
    }

    @Test
    void refusesAUrlOverTheLongestAndAcceptsTheLongest() {
        // Given
        String longest = "https://example.com/" + "a".repeat(EndpointUrl.MAX_LENGTH - "https://example.com/".length());

        // When
        EndpointUrl url = EndpointUrl.parse(longest, PUBLIC_ONLY);

        // Then
        assertThat(url.host()).isEqualTo("example.com");
        assertRefused(longest + 'a');
    }

    @Test
    void refusesALabelOver63Characters() {
        assertRefused("https://" + "a".repeat(64) + ".example.com/");
        assertRefused("https://" + "ü".repeat(64) + ".example.com/");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/mock, 127.0.0.1, 8080",
        "http://127.9.9.9/,          127.9.9.9, 80",
        "https://127.0.0.1:9443/,    127.0.0.1, 9443",
        "http://localhost:8084/mock, localhost, 8084",
        "http://[::1]:8084/,         ::1,       8084"
    })
    void acceptsAnAllowedAddressOverHttpAndOnAnyPort(String text, String host, int port) {
        // When
        EndpointUrl url = EndpointUrl.parse(text, LOOPBACK_ALLOWED);

        // Then
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/",
                "http://example.com/",
                "http://8.8.8.8/",
                "https://example.com:8080/",
                "http://intranet/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://localhost.example.com/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:65536/",
                "http://user@127.0.0.1/"
            })
    void widensNothingButTheAllowedRange(String text) {
        assertThatThrownBy(() -> EndpointUrl.parse(text, LOOPBACK_ALLOWED)).isInstanceOf(RefusedUrlException.class);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> EndpointUrl.parse("https://example.com:8080/", PUBLIC_ONLY))
                .isInstanceOfSatisfying(RefusedUrlException.class, refused -> assertThat(refused.reason())
                        .isEqualTo("the port must be 443 or 8443"));
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> EndpointUrl.parse(text, PUBLIC_ONLY))
                .as("%s", text)
                .isInstanceOf(RefusedUrlException.class);
    }
}
