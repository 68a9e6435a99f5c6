package io.stockhook.subscription.webhook;

import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.web.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a webhook's auth has to be. Pure. No objection repeats a value. */
final class AuthRules {

    private static final int MAX_NAME = 255;
    private static final int MAX_SECRET = 1024;
    private static final int MAX_TOKEN = 4096;
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1F\\x7F]");
    /** RFC 6750, section 2.1, and what else is seen in the wild: anything that a header can hold without spaces. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");
    /** VSCHAR of RFC 6749, appendix A. */
    private static final Pattern CLIENT = Pattern.compile("[\\x20-\\x7E]+");
    /** RFC 6749, section 3.3. */
    private static final Pattern SCOPE =
            Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");

    private final AddressPolicy addresses;

    AuthRules(AddressPolicy addresses) {
        this.addresses = addresses;
    }

    /**
     * Everything that is wrong with an auth.
     *
     * @param auth with the stored secrets for its masks
     * @param prefix what the webhook's own headers begin with
     */
    List<FieldError> check(WebhookAuth auth, String prefix) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, String> fields = auth.fields();
        for (String name : auth.type().required()) {
            if (!fields.containsKey(name)) {
                errors.add(error(
                        name, "Is needed by the type %s.".formatted(auth.type().wireName())));
            }
        }
        fields.forEach((name, value) -> {
            if (!auth.type().has(name)) {
                errors.add(error(
                        name,
                        "Does not belong to the type %s; leave it out, or set it to null in a patch."
                                .formatted(auth.type().wireName())));
            } else {
                objection(name, value, prefix).ifPresent(objection -> errors.add(error(name, objection)));
            }
        });
        if (errors.isEmpty() && auth.certificate() != null && auth.privateKey() != null) {
            ClientCertificates.objections(auth.certificate(), auth.privateKey())
                    .forEach((name, objection) -> errors.add(error(name, objection)));
        }
        return errors;
    }

    /** The request headers that it sets itself. */
    static Set<String> headersOf(@Nullable WebhookAuth auth) {
        if (auth == null) {
            return Set.of();
        }
        return switch (auth.type()) {
            case BASIC, BEARER, OAUTH2 -> Set.of("Authorization");
            case API_KEY -> auth.header() == null ? Set.of() : Set.of(auth.header());
            case NONE, MUTUAL_TLS -> Set.of();
        };
    }

    private Optional<String> objection(String name, String value, String prefix) {
        if (value.equals(WebhookRules.MASK)) {
            return Optional.of("There is no stored value that the mask could stand for.");
        }
        return switch (name) {
            case "username" ->
                matches(value, MAX_NAME, text -> !CONTROLS.matcher(text).find() && text.indexOf(':') < 0)
                        ? Optional.empty()
                        : Optional.of("Must be 1 to %d characters without a colon.".formatted(MAX_NAME));
            case "password" ->
                matches(value, MAX_SECRET, text -> !CONTROLS.matcher(text).find())
                        ? Optional.empty()
                        : Optional.of(
                                "Must be 1 to %d characters, none of them a control character.".formatted(MAX_SECRET));
            case "token" ->
                matches(value, MAX_TOKEN, text -> TOKEN.matcher(text).matches())
                        ? Optional.empty()
                        : Optional.of(
                                "Must be 1 to %d visible ASCII characters, without `Bearer`.".formatted(MAX_TOKEN));
            case "header" -> HeaderRules.objectionToName(value, prefix);
            case "value" -> HeaderRules.objectionToValue(value);
            case "token_url" -> objectionToUrl(value);
            case "client_id", "client_secret" ->
                matches(value, MAX_SECRET, text -> CLIENT.matcher(text).matches())
                        ? Optional.empty()
                        : Optional.of("Must be 1 to %d ASCII characters (RFC 6749, appendix A).".formatted(MAX_SECRET));
            case "scope" ->
                matches(value, MAX_SECRET, text -> SCOPE.matcher(text).matches())
                        ? Optional.empty()
                        : Optional.of("Must be scopes separated by single spaces (RFC 6749, section 3.3).");
            default -> Optional.empty(); // certificate and key are of use together only
        };
    }

    private Optional<String> objectionToUrl(String url) {
        try {
            EndpointUrl.parse(url, addresses);
            return Optional.empty();
        } catch (EndpointUrl.RefusedUrlException e) {
            return Optional.of(e.reason());
        }
    }

    private static boolean matches(String value, int max, Predicate<String> rule) {
        return !value.isEmpty() && value.length() <= max && rule.test(value);
    }

    private static FieldError error(String name, String objection) {
        return new FieldError("auth." + name, objection);
    }
}
