package io.stockhook.subscription.integration;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field of a provider's configuration, described so that a form can be drawn from it. The same description is what values are held to.
 *
 * @param name as in the JSON
 * @param label for people
 * @param type what it holds
 * @param required whether a configuration needs it
 * @param secret whether its value is encrypted at rest and read as {@code ***}
 * @param perEvent whether {@code notifications} may give another value for one event type
 * @param maxLength the longest value, in characters
 * @param pattern the regular expression that a whole value matches; null for none
 * @param options the values that there are; empty if any
 * @param defaultValue what counts where nothing is said; null for nothing
 * @param description where the value is found and what it does
 * @param example a value that is taken
 */
@Schema(name = "IntegrationConfigField", description = "A field of a provider's configuration.")
public record ConfigField(
        @Schema(description = "Its name in the JSON.", examples = "webhook_url")
        String name,

        @Schema(description = "Its name for people.", examples = "Webhook URL")
        String label,

        @Schema(
                description = "`string`, `url`, `select` (one of `options`), or `template`: text with `{{field}}`.",
                examples = "url")
        FieldType type,

        @Schema(description = "Whether a configuration needs it.", examples = "true")
        boolean required,

        @Schema(
                description = "Whether it is encrypted at rest and read as `***`; sent back as `***` it stays.",
                examples = "true")
        boolean secret,

        @Schema(description = "Whether `notifications` may give another value for one event type.", examples = "false")
        boolean perEvent,

        @Schema(description = "The longest value, in characters.", examples = "2048")
        int maxLength,

        @Schema(description = "The regular expression that a whole value matches; null for anything.") @Nullable
        String pattern,

        @Schema(description = "The values that there are; empty if any.")
        List<String> options,

        @Schema(description = "What counts where nothing is said; null for nothing.") @Nullable
        String defaultValue,

        @Schema(description = "Where the value is found and what it does.")
        String description,

        @Schema(description = "A value that is taken.", examples = "https://hooks.slack.com/services/T0/B0/x")
        String example) {

    private static final int MAX_LINE = 255;
    private static final int MAX_URL = 2_048;
    private static final int MAX_TEMPLATE = 1_000;

    /** A line of text. */
    static ConfigField text(String name, String label, String description, String example) {
        return new ConfigField(
                name,
                label,
                FieldType.STRING,
                false,
                false,
                false,
                MAX_LINE,
                null,
                List.of(),
                null,
                description,
                example);
    }

    /** A url that has to be given, and opens what it leads to. */
    static ConfigField secretUrl(String name, String label, String pattern, String description, String example) {
        return new ConfigField(
                name, label, FieldType.URL, true, true, false, MAX_URL, pattern, List.of(), null, description, example);
    }

    /** Text with {@code {{field}}}. */
    static ConfigField template(String name, String label, String description, String example) {
        return new ConfigField(
                name,
                label,
                FieldType.TEMPLATE,
                false,
                false,
                false,
                MAX_TEMPLATE,
                null,
                List.of(),
                null,
                description,
                example);
    }

    /** One of these values, the first where nothing is said. */
    static ConfigField select(String name, String label, List<String> options, String description) {
        return new ConfigField(
                name,
                label,
                FieldType.SELECT,
                false,
                false,
                false,
                MAX_LINE,
                null,
                options,
                options.get(0),
                description,
                options.get(0));
    }

    /** The same, to be given. */
    ConfigField needed() {
        return new ConfigField(
                name,
                label,
                type,
                true,
                secret,
                perEvent,
                maxLength,
                pattern,
                options,
                defaultValue,
                description,
                example);
    }

    /** The same, kept secret. */
    ConfigField kept() {
        return new ConfigField(
                name,
                label,
                type,
                required,
                true,
                perEvent,
                maxLength,
                pattern,
                options,
                defaultValue,
                description,
                example);
    }

    /** The same, with what a whole value matches. */
    ConfigField matching(String expression) {
        return new ConfigField(
                name,
                label,
                type,
                required,
                secret,
                perEvent,
                maxLength,
                expression,
                options,
                defaultValue,
                description,
                example);
    }

    /** The same, with what counts where nothing is said. */
    ConfigField otherwise(String value) {
        return new ConfigField(
                name,
                label,
                type,
                required,
                secret,
                perEvent,
                maxLength,
                pattern,
                options,
                value,
                description,
                example);
    }

    /** The same, of which an event type may have its own value. */
    ConfigField perEventToo() {
        return new ConfigField(
                name,
                label,
                type,
                required,
                secret,
                true,
                maxLength,
                pattern,
                options,
                defaultValue,
                description,
                example);
    }
}
