package io.stockhook.subscription.eventtype;

import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What may change of an event type. Its name stays, and its payload changes by versions.
 *
 * @param displayName null for one made of the name
 * @param description null for nothing
 * @param category null for {@code custom}
 * @param deprecated whether it is not to be subscribed to any more; null for not
 * @param deprecationReason why; null for nothing to say
 * @param replacement what to subscribe to instead; null for nothing
 */
@Schema(
        name = "EventTypeChange",
        description = "What may change of an event type. Its name stays, and its payload changes by versions.")
public record EventTypeChange(
        @Schema(description = "What people call it; made of the name if left out.", examples = "Lead won")
        @Size(min = 1, max = 200)
        @PlainText
        @Nullable
        String displayName,

        @Schema(description = "When it happens.", examples = "A lead signed the contract.") @Size(max = 2000) @Nullable
        String description,

        @Schema(description = "What it is listed under.", defaultValue = "custom", examples = "sales")
        @Pattern(regexp = EventTypeRequest.CATEGORY, message = EventTypeRequest.CATEGORY_MESSAGE)
        @Nullable
        String category,

        @Schema(
                description =
                        "Whether it is not to be subscribed to any more. Its events are delivered as before; whoever"
                                + " subscribes is warned.",
                defaultValue = "false",
                examples = "true")
        @Nullable
        Boolean deprecated,

        @Schema(description = "Why it is deprecated.", examples = "Too coarse.") @Size(max = 500) @Nullable
        String deprecationReason,

        @Schema(description = "What to subscribe to instead.", examples = "crm.deal_won") @Nullable
        String replacement) {

    boolean isDeprecated() {
        return Boolean.TRUE.equals(deprecated);
    }

    /** The same, without what was said of a deprecation that this one ends. */
    EventTypeChange endingDeprecationOf(EventTypeChange before) {
        boolean isEnded = before.isDeprecated() && !isDeprecated();
        return new EventTypeChange(
                displayName,
                description,
                category,
                deprecated,
                isEnded && Objects.equals(deprecationReason, before.deprecationReason) ? null : deprecationReason,
                isEnded && Objects.equals(replacement, before.replacement) ? null : replacement);
    }
}
