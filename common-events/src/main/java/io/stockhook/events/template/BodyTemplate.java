package io.stockhook.events.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import io.stockhook.events.EventData;
import io.stockhook.events.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A body that a tenant wrote: Mustache without partials, over an event's attributes and data, that gives JSON. Compiled once and rendered
 * many times; immutable and thread-safe. What can be written is in {@code docs/filters-and-templates.md}.
 *
 * <p>What a rendering may cost is bounded: {@value #MAX_LENGTH} characters of template, sections nested {@value #MAX_DEPTH} deep,
 * {@value #MAX_STEPS} values looked up, {@value #MAX_BODY_BYTES} bytes of body. Nothing but the event is within reach.
 */
public final class BodyTemplate {

    /** The longest template, in characters. */
    public static final int MAX_LENGTH = 16 * 1024;
    /** How deep sections may be nested. */
    public static final int MAX_DEPTH = 8;
    /** How many values one rendering may look up. */
    public static final int MAX_STEPS = 50_000;
    /** The longest body, in bytes. */
    public static final int MAX_BODY_BYTES = 2 * Topics.MAX_EVENT_BYTES;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .withCollector(new TemplateValues())
            .withFormatter(TemplateValue::json)
            .withEscaper(TemplateValue::withinText)
            .defaultValue("");

    private final Template template;

    /**
     * Lets a text pass that is to become part of a template, so that what is wrong with it is said in the text's own lines.
     *
     * @throws InvalidTemplateException if it cannot be compiled
     */
    public static void checkPart(String text) {
        TemplateRules.check(text);
        parse(text);
    }

    private BodyTemplate(Template template) {
        this.template = template;
    }

    /**
     * Compiles a template and renders it once, with 1 for each name that it mentions and is no attribute.
     *
     * @throws InvalidTemplateException if it cannot be compiled, or what it renders is no JSON
     */
    public static BodyTemplate compile(String text) {
        TemplateRules.check(text);
        BodyTemplate compiled = new BodyTemplate(parse(text));
        try {
            compiled.render(TemplateValue.sample());
        } catch (RenderingException e) {
            throw new InvalidTemplateException(
                    "Gives no JSON with 1 for every value: %s; {{{name}}} is a value's JSON, \"{{name}}\" its text."
                            .formatted(e.getMessage()),
                    e);
        }
        return compiled;
    }

    /**
     * The body of an event, in UTF-8.
     *
     * @param data the event's data as it was published
     * @throws RenderingException if that is no JSON, or what would come of it is none or costs too much
     */
    public byte[] render(EventAttributes event, byte[] data) {
        JsonNode root = new EventData(data).root();
        if (root == null) {
            throw new RenderingException("the event's data is no JSON", null);
        }
        return render(TemplateValue.of(event, root, new String(data, StandardCharsets.UTF_8)));
    }

    private static Template parse(String text) {
        try {
            return COMPILER.compile(text);
        } catch (MustacheParseException e) {
            throw new InvalidTemplateException("Does not compile: " + e.getMessage() + '.', e);
        } catch (RuntimeException e) { // the parser has no other words for some of what it cannot read
            throw new InvalidTemplateException("Does not compile.", e);
        }
    }

    private byte[] render(TemplateValue event) {
        var out = new BoundedWriter(MAX_BODY_BYTES);
        try {
            template.execute(event, out);
        } catch (RenderingException e) {
            throw e;
        } catch (RuntimeException e) { // whatever the engine stumbles over, it is this template's failure
            throw e.getCause() instanceof RenderingException cause
                    ? cause
                    : new RenderingException("the template cannot be rendered", e);
        }
        byte[] body = out.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length > MAX_BODY_BYTES) {
            throw BoundedWriter.tooLong(MAX_BODY_BYTES, null);
        }
        requireJson(body);
        return body;
    }

    private static void requireJson(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new RenderingException("the body is empty", null);
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new RenderingException("the body is more than one JSON value", null);
            }
        } catch (IOException e) {
            throw new RenderingException("the body is no JSON" + placeOf(e), e);
        }
    }

    private static String placeOf(IOException e) {
        return e instanceof JsonProcessingException problem && problem.getLocation() != null
                ? " (line %d, column %d)"
                        .formatted(
                                problem.getLocation().getLineNr(),
                                problem.getLocation().getColumnNr())
                : "";
    }
}
