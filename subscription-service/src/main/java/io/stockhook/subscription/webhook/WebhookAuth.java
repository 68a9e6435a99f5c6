package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook's deliveries authenticate, in a request and, its secrets masked, as it is shown. Which fields there are depends on the
 * type; its text form shows none.
 *
 * @param type which of the ways
 * @param username {@code basic}
 * @param password {@code basic}; a secret
 * @param token {@code bearer}; a secret
 * @param header {@code api_key}: the header's name
 * @param value {@code api_key}; a secret
 * @param tokenUrl {@code oauth2}: where tokens are fetched
 * @param clientId {@code oauth2}
 * @param clientSecret {@code oauth2}; a secret
 * @param scope {@code oauth2}: what tokens are asked for; null for what the server gives by default
 * @param certificate {@code mutual_tls}: the chain in PEM, the client's own first
 * @param privateKey {@code mutual_tls}: PEM, PKCS #8; a secret
 */
@Schema(
        name = "WebhookAuth",
        description = "How deliveries authenticate beside their signature. `basic` has `username` and `password`;"
                + " `bearer` has `token`; `api_key` has `header` and `value`; `oauth2` (client credentials) has"
                + " `token_url`, `client_id`, `client_secret` and perhaps `scope`; `mutual_tls` has `certificate` and"
                + " `private_key`. Secrets are encrypted at rest and read as `***`; sent back as `***` they stay.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookAuth(
        @Schema(description = "How; `none` takes away what was set.", examples = "basic") @NotNull
        AuthType type,

        @Schema(description = "`basic`: the user's name, without a colon.", examples = "stockhook") @Nullable
        String username,

        @Schema(description = "`basic`: the password.", examples = "***") @Nullable
        String password,

        @Schema(description = "`bearer`: the token.", examples = "***") @Nullable
        String token,

        @Schema(description = "`api_key`: the header's name.", examples = "X-Api-Key") @Nullable
        String header,

        @Schema(description = "`api_key`: the header's value.", examples = "***") @Nullable
        String value,

        @Schema(
                description = "`oauth2`: where tokens are fetched. The rules for `url` hold for it.",
                examples = "https://login.example.com/oauth2/token")
        @Nullable
        String tokenUrl,

        @Schema(description = "`oauth2`: the client's name.", examples = "stockhook") @Nullable
        String clientId,

        @Schema(description = "`oauth2`: the client's secret.", examples = "***") @Nullable
        String clientSecret,

        @Schema(description = "`oauth2`: what tokens are asked for, separated by spaces.", examples = "webhooks")
        @Nullable
        String scope,

        @Schema(
                description = "`mutual_tls`: the certificate chain in PEM, the client's own first.",
                examples = "-----BEGIN CERTIFICATE-----\n...")
        @Nullable
        String certificate,

        @Schema(description = "`mutual_tls`: the certificate's key in PEM, PKCS #8, not encrypted.", examples = "***")
        @Nullable
        String privateKey) {

    /** Takes away whatever is set. */
    public static final WebhookAuth NONE =
            new WebhookAuth(AuthType.NONE, null, null, null, null, null, null, null, null, null, null, null);

    /** The fields that are there, by their names in the API. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "username", username);
        put(fields, "password", password);
        put(fields, "token", token);
        put(fields, "header", header);
        put(fields, "value", value);
        put(fields, "token_url", tokenUrl);
        put(fields, "client_id", clientId);
        put(fields, "client_secret", clientSecret);
        put(fields, "scope", scope);
        put(fields, "certificate", certificate);
        put(fields, "private_key", privateKey);
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** The same with masks for its secrets. */
    WebhookAuth masked() {
        return withSecrets(secret -> WebhookRules.MASK, this);
    }

    /** The same with the stored secrets for its masks, as far as there are any of the same type. */
    public WebhookAuth unmasked(@Nullable WebhookAuth stored) {
        return stored == null || stored.type() != type
                ? this
                : withSecrets(secret -> secret.equals(WebhookRules.MASK) ? null : secret, stored);
    }

    /** @param otherwise whose secret counts where the change gives none */
    private WebhookAuth withSecrets(UnaryOperator<@Nullable String> change, WebhookAuth otherwise) {
        return new WebhookAuth(
                type,
                username,
                changed(password, change, otherwise.password),
                changed(token, change, otherwise.token),
                header,
                changed(value, change, otherwise.value),
                tokenUrl,
                clientId,
                changed(clientSecret, change, otherwise.clientSecret),
                scope,
                certificate,
                changed(privateKey, change, otherwise.privateKey));
    }

    private static @Nullable String changed(
            @Nullable String secret, UnaryOperator<@Nullable String> change, @Nullable String otherwise) {
        if (secret == null) {
            return null;
        }
        String changed = change.apply(secret);
        return changed == null ? otherwise : changed;
    }

    @Override
    public String toString() {
        return "WebhookAuth[" + type + ']';
    }
}
