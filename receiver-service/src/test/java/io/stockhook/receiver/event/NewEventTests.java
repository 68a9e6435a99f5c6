package io.stockhook.receiver.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewEventTests {

    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void theSameEventHasTheSameHashWhateverItsId() {
        // When
        byte[] one = event("id-1", "a.b", "/s", "x", TIME, null, "{}").bodyHash();
        byte[] other = event("id-2", "a.b", "/s", "x", TIME, null, "{}").bodyHash();

        // Then
        assertThat(one).isEqualTo(other);
    }

    @Test
    void anyDifferenceGivesAnotherHash() {
        // Given
        List<NewEvent> different = List.of(
                event("id", "a.b", "/s", "x", TIME, null, "{}"),
                event("id", "a.c", "/s", "x", TIME, null, "{}"),
                event("id", "a.b", "/t", "x", TIME, null, "{}"),
                event("id", "a.b", "/s", "y", TIME, null, "{}"),
                event("id", "a.b", "/s", null, TIME, null, "{}"),
                event("id", "a.b", "/sx", "", TIME, null, "{}"),
                event("id", "a.b", "/s", "x", null, null, "{}"),
                event("id", "a.b", "/s", "x", TIME, "https://a/", "{}"),
                event("id", "a.b", "/s", "x", TIME, null, "{ }"),
                scheduled(TIME),
                scheduled(TIME.plusSeconds(1)));

        // When
        Stream<List<Byte>> hashes = different.stream().map(NewEventTests::hash);

        // Then
        assertThat(hashes).doesNotHaveDuplicates();
    }

    private static List<Byte> hash(NewEvent event) {
        byte[] hash = event.bodyHash();
        return Stream.iterate(0, index -> index < hash.length, index -> index + 1)
                .map(index -> hash[index])
                .toList();
    }

    private static NewEvent event(
            String id,
            String type,
            String source,
            @Nullable String subject,
            @Nullable Instant time,
            @Nullable String schema,
            String data) {
        return new NewEvent(id, type, source, subject, time, schema, null, data.getBytes(StandardCharsets.UTF_8));
    }

    private static NewEvent scheduled(Instant deliverAt) {
        return new NewEvent("id", "a.b", "/s", "x", TIME, null, deliverAt, "{}".getBytes(StandardCharsets.UTF_8));
    }
}
