package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

/**
 * Builds templates of bodies: JSON whose texts may have {@code {{field}}} in them, and in which a tag may stand for a whole value. What
 * is no tag is escaped as JSON needs it; tags have nothing that would be.
 */
final class BodyJson {

    /** The event's data, byte for byte. */
    static final String DATA = "{{{data}}}";

    private BodyJson() {}

    /** An empty object. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Adds a member whose value is a tag's. */
    static void putTag(ObjectNode object, String name, String tag) {
        object.putRawValue(name, new RawValue(tag));
    }
}
