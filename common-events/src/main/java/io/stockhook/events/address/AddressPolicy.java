package io.stockhook.events.address;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/**
 * Which addresses a delivery may connect to: globally reachable unicast ones, and those of an explicit allow-list.
 *
 * <p>The ranges are those that the IANA special-purpose address registries (RFC 6890 and its updates) do not mark as globally
 * reachable, and of IPv6 everything outside {@code 2000::/3}; so that a range nobody has heard of is refused as well.
 */
public final class AddressPolicy {

    private static final IpRanges NOT_GLOBAL_V4 = IpRanges.of(List.of(
            "0.0.0.0/8", // this network (RFC 791)
            "10.0.0.0/8", // private (RFC 1918)
            "100.64.0.0/10", // carrier-grade NAT (RFC 6598)
            "127.0.0.0/8", // loopback (RFC 1122)
            "169.254.0.0/16", // link-local, cloud metadata (RFC 3927)
            "172.16.0.0/12", // private (RFC 1918)
            "192.0.0.0/24", // IETF protocol assignments (RFC 6890)
            "192.0.2.0/24", // documentation (RFC 5737)
            "192.88.99.0/24", // 6to4 relays (RFC 7526)
            "192.168.0.0/16", // private (RFC 1918)
            "198.18.0.0/15", // benchmarking (RFC 2544)
            "198.51.100.0/24", // documentation (RFC 5737)
            "203.0.113.0/24", // documentation (RFC 5737)
            "224.0.0.0/4", // multicast (RFC 5771)
            "240.0.0.0/4")); // reserved and broadcast (RFC 1112, RFC 919)

    private static final IpRanges GLOBAL_V6 = IpRanges.of(List.of("2000::/3"));

    private static final IpRanges NOT_GLOBAL_V6 = IpRanges.of(List.of(
            "2001::/23", // IETF protocol assignments, Teredo among them (RFC 2928)
            "2001:db8::/32", // documentation (RFC 3849)
            "2002::/16", // 6to4, embeds an IPv4 address (RFC 3056)
            "3fff::/20")); // documentation (RFC 9637)

    private final IpRanges allowed;

    /**
     * A policy with an allow-list.
     *
     * @param allowedRanges CIDR ranges that are allowed although they are not global, and to which plain http is allowed; empty
     *     for none
     */
    public AddressPolicy(Collection<String> allowedRanges) {
        this.allowed = IpRanges.of(allowedRanges);
    }

    /** Whether a connection to this address may be made. */
    public boolean permits(InetAddress address) {
        return isExempt(address) || isGlobal(address);
    }

    /** Whether the address is on the allow-list, which lifts the rules on scheme and port as well. */
    public boolean isExempt(InetAddress address) {
        return allowed.contains(address);
    }

    private static boolean isGlobal(InetAddress address) {
        boolean isV4 = IpRanges.toAddress(address).isIPv4();
        return isV4
                ? !NOT_GLOBAL_V4.contains(address)
                : GLOBAL_V6.contains(address) && !NOT_GLOBAL_V6.contains(address);
    }
}
