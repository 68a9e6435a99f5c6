package io.stockhook.events.address;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A set of IP address ranges in CIDR notation, IPv4 and IPv6. Immutable. */
public final class IpRanges {

    private static final IPAddressGenerator ADDRESSES = new IPAddressGenerator();

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
                IPAddress range = new IPAddressString(cidr.strip()).toAddress();
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
