package io.stockhook.subscription.apikey;

import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What can be changed of an API key; anything else takes a new key.
 *
 * @param name what it is for
 */
@Schema(name = "ApiKeyChange", description = "What can be changed of an API key; anything else takes a new key.")
public record ApiKeyChange(
        @Schema(description = "What the key is for.", examples = "ERP connector, Frankfurt")
        @NotBlank
        @Size(max = 200)
        @PlainText
        String name) {}
