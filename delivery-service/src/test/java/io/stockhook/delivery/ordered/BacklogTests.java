package io.stockhook.delivery.ordered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.ordered.OrderedQueue.Writes;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.platform.testing.PlatformTestResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The backlog on a real database. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class BacklogTests {

    private static final long PLENTY = 1_000_000;
    /** No partition of the topic, so that the engine beside it has none of them. */
    private static final AtomicInteger PARTITIONS = new AtomicInteger(1_000);

    @Inject
    Backlog backlog;

    private final int partition = PARTITIONS.incrementAndGet();
    private final String endpoint = Ids.next(Ids.Kind.WEBHOOK);
    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private long epoch;

    @BeforeEach
    void claim() {
        epoch = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> backlog.claim(partition), claimed -> true)
                .epoch();
    }

    @Test
    void rowsAreReadInTheOrderOfTheirRecordsHoweverTheyWereWritten() throws SQLException {
        // Given
        write(entry(3, "A"), entry(1, "A"));
        write(entry(2, "B"));

        // When
        Backlog.Page page = read(10, PLENTY);

        // Then
        assertThat(page.rows()).extracting(Entry::offset).containsExactly(1L, 2L, 3L);
        assertThat(page.rows()).extracting(Entry::key).containsExactly("A", "B", "A");
        assertThat(page.isAll()).isTrue();
    }

    @Test
    void pageIsBoundedInRowsAndInBytesAndHoldsOneAtLeast() throws SQLException {
        // Given
        write(entry(1, "A"), entry(2, "A"), entry(3, "A"));

        // When
        Backlog.Page ofTwo = read(2, PLENTY);
        Backlog.Page ofOne = read(10, 1);

        // Then
        assertThat(ofTwo.rows()).hasSize(2);
        assertThat(ofTwo.isAll()).isFalse();
        assertThat(ofOne.rows()).extracting(Entry::offset).containsExactly(1L);
        assertThat(ofOne.isAll()).isFalse();
    }

    @Test
    void keysThatAreExcludedAreNotRead() throws SQLException {
        // Given
        write(entry(1, "A"), entry(2, ""), entry(3, "B"));

        // When
        Backlog.Page page = read(10, PLENTY, "A", "");

        // Then
        assertThat(page.rows()).extracting(Entry::key).containsExactly("B");
    }

    @Test
    void deliveryIsThereOnceHoweverOftenItIsWritten() throws SQLException {
        // Given
        Entry first = entry(1, "A");
        write(first);

        // When
        write(Entry.arrived(9, "A", first.task(), Instant.now(), null));

        // Then
        assertThat(read(10, PLENTY).rows()).extracting(Entry::offset).containsExactly(1L);
    }

    @Test
    void rowIsReadAsItWasLastWrittenAndGoneOnceItIsDeleted() throws SQLException {
        // Given
        write(entry(1, "A"), entry(2, "A"));
        Entry head = read(10, PLENTY).rows().get(0);
        Instant due = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MICROS);
        head.become(head.task().retry(due, due));

        // When
        backlog.write(partition, epoch, List.of(new Writes(endpoint, List.of(), List.of(head), List.of(), false)));
        Entry next = read(10, PLENTY).rows().get(0);
        backlog.write(partition, epoch, List.of(new Writes(endpoint, List.of(), List.of(), List.of(next), false)));

        // Then
        assertThat(next.task().attempt()).isEqualTo(2);
        assertThat(next.task().due()).isEqualTo(due);
        assertThat(next.task().data()).isEqualTo(head.task().data());
        assertThat(read(10, PLENTY).rows()).extracting(Entry::offset).containsExactly(2L);
    }

    @Test
    void formerOwnerNeitherReadsNorWrites() throws SQLException {
        // Given
        write(entry(1, "A"));
        backlog.claim(partition);

        // When
        boolean isWritten = write(entry(2, "A"));

        // Then
        assertThat(isWritten).isFalse();
        assertThat(backlog.read(partition, epoch, endpoint, Set.of(), 10, PLENTY))
                .isEmpty();
        epoch++;
        assertThat(read(10, PLENTY).rows()).extracting(Entry::offset).containsExactly(1L);
    }

    @Test
    void newOwnerLearnsOfEachEndpointThatHasSomethingAndUpToWhere() throws SQLException {
        // Given
        write(entry(1, "A"), entry(5, "B"));

        // When
        Backlog.Claimed claimed = backlog.claim(partition);

        // Then
        assertThat(claimed.epoch()).isEqualTo(epoch + 1);
        assertThat(claimed.lastOffsets()).containsExactlyEntriesOf(java.util.Map.of(endpoint, 5L));
    }

    @Test
    void whatMayBeThereByATransactionWithoutAnAnswerIsClearedFirst() throws SQLException {
        // Given
        write(entry(1, "A"), entry(2, "A"));

        // When
        backlog.write(
                partition, epoch, List.of(new Writes(endpoint, List.of(entry(3, "A")), List.of(), List.of(), true)));

        // Then
        assertThat(read(10, PLENTY).rows()).extracting(Entry::offset).containsExactly(3L);
    }

    private boolean write(Entry... entries) throws SQLException {
        return backlog.write(
                partition, epoch, List.of(new Writes(endpoint, List.of(entries), List.of(), List.of(), false)));
    }

    private Backlog.Page read(int most, long mostBytes, String... excluded) throws SQLException {
        return backlog.read(partition, epoch, endpoint, Set.of(excluded), most, mostBytes)
                .orElseThrow();
    }

    private Entry entry(long offset, String key) {
        EventEnvelope event = new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                "order.moved",
                "/shop",
                null,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                tenant,
                null,
                null,
                null,
                ("{\"n\":" + offset + "}").getBytes(UTF_8));
        DeliveryTask task = DeliveryTask.first(event, endpoint, "order.moved", event.time());
        return Entry.arrived(offset, key, task, Instant.now(), null);
    }
}
