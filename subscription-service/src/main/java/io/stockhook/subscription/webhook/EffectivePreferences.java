package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.subscription.tenant.PayloadFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a webhook, and from whom it has what it does not say itself. Pure.
 *
 * @param retryConfig null for the platform's default schedule
 * @param rateLimit null for as many requests as come
 * @param breaker null for the platform's settings
 * @param inherited the fields that the webhook does not say itself, by their names in the API
 */
record EffectivePreferences(
        @Nullable RetryConfig retryConfig,
        PayloadFormat payloadFormat,
        String headerPrefix,
        List<SignatureScheme> signature,
        int timeout,
        int maxInFlight,
        @Nullable RateLimit rateLimit,
        @Nullable Breaker breaker,
        boolean debugMode,
        Map<String, Origin> inherited) {

    private static final List<SignatureScheme> DEFAULT_SIGNATURE = List.of(SignatureScheme.V1);

    /**
     * The nearest value of each field.
     *
     * @param subscriber null if the webhook belongs to none
     */
    static EffectivePreferences of(
            DeliveryPreferences own, @Nullable DeliveryPreferences subscriber, DeliveryPreferences tenant) {
        var from = new Layers(own, subscriber == null ? DeliveryPreferences.NONE : subscriber, tenant);
        SignatureRequest signature = from.nearest("signature", DeliveryPreferences::signature);
        return new EffectivePreferences(
                from.nearest("retry_config", DeliveryPreferences::retryConfig),
                or(from.nearest("payload_format", DeliveryPreferences::payloadFormat), PayloadFormat.STANDARD),
                or(
                        from.nearest("header_prefix", DeliveryPreferences::headerPrefix),
                        EndpointRegistration.DEFAULT_HEADER_PREFIX),
                signature == null
                        ? DEFAULT_SIGNATURE
                        : signature.schemes().stream().distinct().toList(),
                or(from.nearest("timeout", DeliveryPreferences::timeout), EndpointRegistration.DEFAULT_TIMEOUT_MS),
                or(
                        from.nearest("max_in_flight", DeliveryPreferences::maxInFlight),
                        EndpointRegistration.DEFAULT_MAX_IN_FLIGHT),
                from.nearest("rate_limit", DeliveryPreferences::rateLimit),
                from.nearest("breaker", DeliveryPreferences::breaker),
                or(from.nearest("debug_mode", DeliveryPreferences::debugMode), false),
                from.inherited);
    }

    private static <T> T or(@Nullable T value, T platforms) {
        return value == null ? platforms : value;
    }

    /** From near to far, and a note of where each value was found. */
    private static final class Layers {

        private final DeliveryPreferences own;
        private final DeliveryPreferences subscriber;
        private final DeliveryPreferences tenant;
        private final Map<String, Origin> inherited = new LinkedHashMap<>();

        Layers(DeliveryPreferences own, DeliveryPreferences subscriber, DeliveryPreferences tenant) {
            this.own = own;
            this.subscriber = subscriber;
            this.tenant = tenant;
        }

        <T> @Nullable T nearest(String field, Function<DeliveryPreferences, @Nullable T> value) {
            T found = value.apply(own);
            if (found != null) {
                return found;
            }
            found = value.apply(subscriber);
            if (found != null) {
                inherited.put(field, Origin.SUBSCRIBER);
                return found;
            }
            found = value.apply(tenant);
            inherited.put(field, found == null ? Origin.PLATFORM : Origin.TENANT);
            return found;
        }
    }
}
