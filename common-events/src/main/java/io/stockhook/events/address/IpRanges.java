package io.stockhook.events.address;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A set of IP address ranges in CIDR notation, IPv4 and IPv6. Immutable. */
public final class IpRanges {

    private static final IPAddressGenerator ADDRESSES = new IPAddressGenerator();

    /** An address or CIDR range and nothing else: by default the library takes an empty text as loopback, {@code *} as everything. */
    private static final IPAddressStringParameters CIDR = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefixOnly(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    private final List<IPAddress> ranges;

    private IpRanges(List<IPAddress> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * The ranges of these texts, each an address or {@code address/prefix}.
     *
     * @throws IllegalArgumentException naming the text that is neither
     */
    public static IpRanges of(Collection<String> cidrs) {
        List<IPAddress> ranges = new ArrayList<>();
        for (String cidr : cidrs) {
            try {
                IPAddress range = new IPAddressString(cidr.strip(), CIDR).toAddress();
                if (range == null) {
                    throw new IllegalArgumentException("'" + cidr + "' is no address or CIDR range");
                }
                ranges.add(range.toPrefixBlock());
            } catch (AddressStringException e) {
                throw new IllegalArgumentException("'" + cidr + "' is no address or CIDR range", e);
            }
        }
        return new IpRanges(ranges);
    }

    /** Whether the text is an address or {@code address/prefix}. */
    public static boolean isRange(String text) {
        try {
            of(List.of(text));
            return !text.isBlank();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether one of the ranges holds the address; an IPv4 address mapped into IPv6 counts as the IPv4 address. */
    public boolean contains(InetAddress address) {
        IPAddress candidate = toAddress(address);
        for (IPAddress range : ranges) {
            if (range.contains(candidate)) {
                return true;
            }
        }
        return false;
    }

    static IPAddress toAddress(InetAddress address) {
        IPAddress converted = ADDRESSES.from(address);
        if (converted.isIPv6() && converted.toIPv6().isIPv4Mapped()) {
            return converted.toIPv6().getEmbeddedIPv4Address();
        }
        return converted;
    }
}
