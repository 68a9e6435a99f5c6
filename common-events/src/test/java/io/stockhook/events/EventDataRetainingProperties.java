package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventDataRetainingProperties {

    private static final Set<String> NAMES = Set.of("a", "ü\"\\", "name");

    @Property
    void keepsTheMembersOfTheseNamesByteForByte(
            @ForAll("members") Map<String, String> members, @ForAll("spaces") String space) throws IOException {
        StringBuilder json = new StringBuilder(space + "{");
        members.forEach((name, value) -> json.append(
                        json.toString().isBlank() || json.toString().endsWith("{") ? "" : ",")
                .append(space)
                .append(quoted(name))
                .append(space)
                .append(':')
                .append(space)
                .append(value)
                .append(space));
        json.append('}');
        ObjectNode expected = ((ObjectNode) EventData.read(json.toString())).retain(NAMES);

        String retained = new String(EventData.retaining(json.toString().getBytes(UTF_8), NAMES), UTF_8);

        assertThat(EventData.read(retained)).isEqualTo(expected);
        members.forEach((name, value) -> {
            if (NAMES.contains(name)) {
                assertThat(retained).contains(quoted(name) + space + ":" + space + value);
            }
        });
    }

    @Example
    void leavesWhatIsNoObjectAndRefusesWhatIsNoJson() throws IOException {
        assertThat(EventData.retaining("[1]".getBytes(UTF_8), NAMES)).isEqualTo("[1]".getBytes(UTF_8));
        assertThat(EventData.retaining("{}".getBytes(UTF_8), NAMES)).isEqualTo("{}".getBytes(UTF_8));
        assertThatThrownBy(() -> EventData.retaining("{\"a\": 1".getBytes(UTF_8), NAMES))
                .isInstanceOf(IOException.class);
    }

    @Provide
    Arbitrary<Map<String, String>> members() {
        Arbitrary<String> names = Arbitraries.of("a", "ü\"\\", "name", "other", "b");
        Arbitrary<String> values = Arbitraries.of(
                "1",
                "-0.50",
                "1e400",
                "true",
                "null",
                "\"text\"",
                "\"ü \\\"quoted\\\" \\u00e9 }\"",
                "[1, {\"a\": 2}]",
                "{\"a\": {}}",
                "\"\"");
        return Arbitraries.maps(names, values).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\n\t");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
