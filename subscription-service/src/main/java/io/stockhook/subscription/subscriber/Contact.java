package io.stockhook.subscription.subscriber;

import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask about a subscriber.
 *
 * @param name null if unknown
 * @param email null if unknown
 */
@Schema(name = "Contact", description = "Whom to ask about a subscriber.")
public record Contact(
        @Schema(description = "Who it is.", examples = "Ana Souza") @Size(min = 1, max = 200) @PlainText @Nullable
        String name,

        @Schema(description = "Where to write to.", examples = "ana@erp.example.com")
        @Size(max = 254)
        @Email(message = "must be an e-mail address such as ana@example.com")
        @Nullable
        String email) {}
