package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.web.json.EnumNames;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How deliveries reach an endpoint. Which fields there are depends on the type.
 *
 * @param type which of the ways
 * @param maxSize {@code batch}: events in one request, 2 to 1,000; null for 100
 * @param maxWait {@code batch}: how long the first event waits for more, in milliseconds, 100 to 20,000; null for 5,000
 * @param orderingKey {@code ordered}: the field within whose values the order holds; null for one order of all events
 * @param onExhausted {@code ordered}: what follows when a delivery has used up its retries; null for {@code skip}
 * @param confirmWithin {@code confirm}: how long after a 202 the confirmation is waited for, in milliseconds, 1 s to 7 days; null for an
 *     hour
 */
@Schema(
        name = "DeliveryMode",
        description = "How deliveries reach the endpoint. `immediate`: each in its own request, as soon as it may go."
                + " `batch`: up to `max_size` events in one request, none waiting longer than `max_wait` for others."
                + " `ordered`: one at a time, in the order of the events, or of those with the same value of"
                + " `ordering_key`. `confirm`: a delivery answered with 202 is done when it has been confirmed.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryMode(
        @Schema(description = "Which of the ways.", examples = "batch") @NotNull
        Type type,

        @Schema(description = "`batch`: events in one request at most.", defaultValue = "100", examples = "100")
        @Min(2)
        @Max(1_000)
        @Nullable
        Integer maxSize,

        @Schema(
                description = "`batch`: how long the first event waits for more, in milliseconds.",
                defaultValue = "5000",
                examples = "5000")
        @Min(100)
        @Max(20_000)
        @Nullable
        Integer maxWait,

        @Schema(
                description = "`ordered`: the dotted path of the field in the event's data within whose values the"
                        + " order holds; one order of all events if left out.",
                examples = "product_id")
        @Nullable
        String orderingKey,

        @Schema(
                description = "`ordered`: what follows when a delivery has used up its retries. `skip`: it is a dead"
                        + " letter and the next one goes. `suspend`: the webhook is disabled, and what waits goes in"
                        + " its order when it is enabled.",
                defaultValue = "skip",
                examples = "skip")
        @Nullable
        OnExhausted onExhausted,

        @Schema(
                description = "`confirm`: how long after a 202 the confirmation is waited for, in milliseconds; after"
                        + " that the attempt has failed.",
                defaultValue = "3600000",
                examples = "60000")
        @Min(1_000)
        @Max(604_800_000)
        @Nullable
        Long confirmWithin) {

    /** Each in its own request, as soon as it may go. */
    static final DeliveryMode IMMEDIATE = new DeliveryMode(Type.IMMEDIATE, null, null, null, null, null);

    private static final int DEFAULT_MAX_SIZE = 100;
    private static final int DEFAULT_MAX_WAIT_MS = 5_000;
    private static final long DEFAULT_CONFIRM_WITHIN_MS = 3_600_000;

    /** How deliveries can reach an endpoint, and which fields each way has. */
    public enum Type {
        /** Each in its own request, as soon as it may go. */
        @JsonProperty("immediate")
        IMMEDIATE(Set.of()),
        /** Many events in one request. */
        @JsonProperty("batch")
        BATCH(Set.of("max_size", "max_wait")),
        /** One at a time, in order. */
        @JsonProperty("ordered")
        ORDERED(Set.of("ordering_key", "on_exhausted")),
        /** Taken with 202 and confirmed later. */
        @JsonProperty("confirm")
        CONFIRM(Set.of("confirm_within"));

        private final Set<String> fields;

        Type(Set<String> fields) {
            this.fields = fields;
        }

        /** The type's name in the API. */
        String wireName() {
            return EnumNames.of(this);
        }
    }

    /** What follows an ordered delivery that has used up its retries. */
    public enum OnExhausted {
        /** The next one goes. */
        @JsonProperty("skip")
        SKIP,
        /** The endpoint waits until somebody enables it. */
        @JsonProperty("suspend")
        SUSPEND
    }

    /** The fields that are set and mean nothing to the type, by their names in the API. */
    List<String> foreignFields() {
        List<String> foreign = new ArrayList<>();
        noteForeign("max_size", maxSize, foreign);
        noteForeign("max_wait", maxWait, foreign);
        noteForeign("ordering_key", orderingKey, foreign);
        noteForeign("on_exhausted", onExhausted, foreign);
        noteForeign("confirm_within", confirmWithin, foreign);
        return foreign;
    }

    private void noteForeign(String field, @Nullable Object value, List<String> foreign) {
        if (value != null && !type.fields.contains(field)) {
            foreign.add(field);
        }
    }

    /** The same with the defaults of its type where it says nothing. */
    DeliveryMode complete() {
        return new DeliveryMode(
                type,
                type == Type.BATCH && maxSize == null ? Integer.valueOf(DEFAULT_MAX_SIZE) : maxSize,
                type == Type.BATCH && maxWait == null ? Integer.valueOf(DEFAULT_MAX_WAIT_MS) : maxWait,
                orderingKey,
                type == Type.ORDERED && onExhausted == null ? OnExhausted.SKIP : onExhausted,
                type == Type.CONFIRM && confirmWithin == null
                        ? Long.valueOf(DEFAULT_CONFIRM_WITHIN_MS)
                        : confirmWithin);
    }

    /** Sets what the mode means to those who deliver. */
    void publish(EndpointRegistration.Builder registration) {
        DeliveryMode whole = complete();
        if (whole.maxSize != null && whole.maxWait != null) {
            registration.batch(new EndpointRegistration.Batch(whole.maxSize, whole.maxWait));
        }
        if (type == Type.ORDERED) {
            registration.ordered(
                    new EndpointRegistration.Ordered(orderingKey, whole.onExhausted == OnExhausted.SUSPEND));
        }
        if (whole.confirmWithin != null) {
            registration.confirm(new EndpointRegistration.Confirm(whole.confirmWithin));
        }
    }
}
