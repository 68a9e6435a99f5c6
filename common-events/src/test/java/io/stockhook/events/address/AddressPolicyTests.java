package io.stockhook.events.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTests {

    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2000::1",
                "2001:200::1",
                "2003::1",
                "2606:4700:4700::1111",
                "3ffe:ffff::1"
            })
    void permitsWhatIsGloballyReachable(String address) throws Exception {
        assertThat(PUBLIC_ONLY.permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.0",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.2.255",
                "192.88.99.0",
                "192.168.0.0",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.0",
                "203.0.113.255",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "1fff::1",
                "2001::1",
                "2001:1ff::1",
                "2001:db8::1",
                "2002::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNot(String address) throws Exception {
        assertThat(PUBLIC_ONLY.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/16", "10.1.2.3/16", " 10.1.0.0/16 ", "10.1.2.3"})
    void permitsAnAllowedRangeInEveryFormOfItsAddresses(String range) throws UnknownHostException {
        // Given
        AddressPolicy policy = new AddressPolicy(List.of(range));

        // When
        boolean isExempt = policy.isExempt(InetAddress.getByName("10.1.2.3"));
        boolean isExemptWhenMapped = policy.isExempt(InetAddress.getByName("::ffff:10.1.2.3"));

        // Then
        assertThat(isExempt).isTrue();
        assertThat(isExemptWhenMapped).isTrue();
        assertThat(policy.permits(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(policy.isExempt(InetAddress.getByName("8.8.8.8"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "/8",
                "10",
                "10.1",
                "10.*.*.*",
                "10.0-5.0.0",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/255.0.0.0",
                "::1/129",
                "fe80::1%eth0",
                "0x7f.0.0.1",
                "localhost",
                "example.com"
            })
    void refusesAnAllowListEntryThatIsNoAddressOrCidrRange(String range) {
        assertThatThrownBy(() -> new AddressPolicy(List.of(range)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + range + "'");
    }
}
