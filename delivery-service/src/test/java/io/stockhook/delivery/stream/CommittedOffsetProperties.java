package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CommittedOffsetProperties {

    @Property(tries = 500)
    void isReadAsItWasWritten(
            @ForAll @IntRange(max = Integer.MAX_VALUE) int offset,
            @ForAll @Size(max = 50) List<@IntRange(max = 100_000) Integer> done) {
        // Given
        BitSet bits = new BitSet();
        done.forEach(bits::set);
        CommittedOffset committed = new CommittedOffset(offset, bits);

        // When
        CommittedOffset read = CommittedOffset.read(offset, committed.metadata());

        // Then
        assertThat(read).isEqualTo(committed);
    }

    @Property(tries = 100)
    void metadataFitsAndWhatItLeavesOutIsTheEnd(@ForAll @Size(max = 6_000) List<@IntRange(max = 20_000) Integer> done) {
        // Given
        BitSet bits = new BitSet();
        done.forEach(bits::set);
        CommittedOffset committed = new CommittedOffset(7, bits);

        // When
        String metadata = committed.metadata();

        // Then
        assertThat(metadata).hasSizeLessThanOrEqualTo(CommittedOffset.MAX_METADATA_CHARS);
        BitSet read = CommittedOffset.read(7, metadata).doneAbove();
        assertThat(read).isEqualTo(bits.get(0, read.length()));
        assertThat(read.equals(bits)).isNotEqualTo(committed.isTooLong());
    }

    @Property(tries = 500)
    void takesAnyTextAsMetadata(@ForAll String text) {
        assertThat(CommittedOffset.read(7, text).offset()).isEqualTo(7);
        assertThat(CommittedOffset.read(7, "1:" + text).offset()).isEqualTo(7);
    }

    @Property(tries = 1000)
    void takesAnyBytesAsRunsAndStaysSmall(@ForAll @Size(max = 64) byte[] runs) {
        // When
        CommittedOffset read =
                CommittedOffset.read(7, "1:" + Base64.getEncoder().encodeToString(runs));

        // Then
        assertThat(read.offset()).isEqualTo(7);
        assertThat(read.doneAbove().length()).isLessThanOrEqualTo(10_000_000);
    }

    @Example
    void takesNoMetadataAsNothingDoneBeyond() {
        assertThat(CommittedOffset.read(7, null)).isEqualTo(CommittedOffset.at(7));
        assertThat(CommittedOffset.read(7, "")).isEqualTo(CommittedOffset.at(7));
        assertThat(CommittedOffset.read(7, "2:AAE=")).isEqualTo(CommittedOffset.at(7));
        assertThat(CommittedOffset.at(7).metadata()).isEmpty();
    }

    @Example
    void isTooLongForABrokerOnlyWhenScattered() {
        // Given
        BitSet oneRun = new BitSet();
        oneRun.set(1, 1_000_000);
        BitSet scattered = new BitSet();
        for (int index = 1; index < 10_000; index += 2) {
            scattered.set(index);
        }

        // Then
        assertThat(new CommittedOffset(0, oneRun).isTooLong()).isFalse();
        assertThat(new CommittedOffset(0, scattered).isTooLong()).isTrue();
    }
}
