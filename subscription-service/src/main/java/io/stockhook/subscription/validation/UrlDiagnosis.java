package io.stockhook.subscription.validation;

import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.address.EndpointUrl.RefusedUrlException;
import io.stockhook.subscription.validation.ValidationView.UrlAnswer;
import io.stockhook.subscription.webhook.AddressConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says whether a delivery may go to a url, by the rules of its registration and then by what its name resolves to, as an attempt does. */
@ApplicationScoped
class UrlDiagnosis {

    private static final String FIELD = "url";
    private static final String RIGHT =
            "https, on port 443 or 8443, of a full domain name all of whose addresses are public: https://hooks.example.com/stock";

    private final AddressPolicy policy;
    private final HostLookup names;

    UrlDiagnosis(AddressConfig config, HostLookup names) {
        this.policy = new AddressPolicy(config.allowedRanges().orElse(List.of()));
        this.names = names;
    }

    /** Blocks while the name is looked up. */
    UrlAnswer of(String text) {
        EndpointUrl url;
        try {
            url = EndpointUrl.parse(text, policy);
        } catch (RefusedUrlException e) {
            return new UrlAnswer(false, List.of(), List.of(problem("url_refused", sentence(e.reason()))));
        }
        if (url.literal() != null) {
            return judged(url, List.of(url.literal()));
        }
        HostLookup.Result found = names.lookup(url.host());
        return switch (found.state()) {
            case FOUND -> judged(url, found.addresses());
            case UNKNOWN -> unresolved("dns_error", "The name %s has no address.".formatted(url.host()));
            case TOO_SLOW ->
                unresolved("lookup_too_slow", "The name %s was not resolved in time.".formatted(url.host()));
            case BUSY -> unresolved("lookup_busy", "Too many names are being looked up; ask again in a moment.");
        };
    }

    private UrlAnswer judged(EndpointUrl url, List<InetAddress> addresses) {
        List<Finding> problems = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (!policy.permits(address)) {
                problems.add(problem(
                        "address_refused",
                        "%s is %s, which is not a public address.".formatted(url.host(), address.getHostAddress())));
            } else if (!url.isTls() && !policy.isExempt(address)) {
                problems.add(problem("address_refused", "Plain http is not allowed to %s.".formatted(url.host())));
            }
        }
        return new UrlAnswer(
                problems.isEmpty(),
                addresses.stream().map(InetAddress::getHostAddress).toList(),
                List.copyOf(problems));
    }

    private static UrlAnswer unresolved(String code, String message) {
        return new UrlAnswer(false, List.of(), List.of(Finding.of(FIELD, code, message)));
    }

    private static Finding problem(String code, String message) {
        return new Finding(FIELD, code, message, RIGHT);
    }

    private static String sentence(String reason) {
        return reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + '.';
    }
}
