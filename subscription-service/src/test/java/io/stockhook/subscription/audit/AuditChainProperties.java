package io.stockhook.subscription.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.subscription.audit.AuditChain.Anchor;
import io.stockhook.subscription.audit.AuditChain.Break;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class AuditChainProperties {

    @Property(tries = 200)
    void anUntouchedChainHolds(@ForAll("entries") @Size(max = 20) List<AuditEntry> entries) {
        List<ChainedEntry> chain = chained(entries);
        assertThat(firstBreak(chain, null)).isEmpty();
        if (!chain.isEmpty()) {
            assertThat(firstBreak(chain, anchor(chain.get(chain.size() - 1)))).isEmpty();
        }
    }

    @Property(tries = 500)
    void anyAlteredFieldIsNamed(
            @ForAll("entries") @Size(min = 1, max = 20) List<AuditEntry> entries,
            @ForAll @IntRange(max = 19) int where,
            @ForAll @IntRange(max = 11) int field) {
        // Given
        List<ChainedEntry> chain = chained(entries);
        int index = where % chain.size();
        ChainedEntry altered = chain.get(index);

        // When
        chain.set(
                index,
                new ChainedEntry(
                        altered.id(),
                        altered.seq(),
                        altered(altered.entry(), field),
                        altered.previousHash(),
                        altered.hash()));

        // Then
        assertThat(firstBreak(chain, null)).map(Break::seq).contains(altered.seq());
    }

    @Property(tries = 300)
    void anAlteredEntryWithItsHashMadeAnewBreaksTheNext(
            @ForAll("entries") @Size(min = 2, max = 20) List<AuditEntry> entries,
            @ForAll @IntRange(max = 18) int where) {
        // Given
        List<ChainedEntry> chain = chained(entries);
        int index = where % (chain.size() - 1);
        ChainedEntry old = chain.get(index);
        AuditEntry forged = altered(old.entry(), 2);

        // When
        byte[] hash = AuditChain.hash(old.seq(), forged, old.previousHash());
        chain.set(index, new ChainedEntry(old.id(), old.seq(), forged, old.previousHash(), hash));

        // Then
        assertThat(firstBreak(chain, null)).map(Break::seq).contains(old.seq() + 1);
    }

    @Property(tries = 300)
    void anyRemovedEntryIsNamed(
            @ForAll("entries") @Size(min = 2, max = 20) List<AuditEntry> entries,
            @ForAll @IntRange(max = 18) int where) {
        // Given
        List<ChainedEntry> chain = chained(entries);
        int index = where % (chain.size() - 1);

        // When
        ChainedEntry removed = chain.remove(index);

        // Then
        assertThat(firstBreak(chain, null)).map(Break::seq).contains(removed.seq());
    }

    @Property(tries = 300)
    void anEndThatIsCutOffIsNamedByWhoRemembersIt(
            @ForAll("entries") @Size(min = 1, max = 20) List<AuditEntry> entries,
            @ForAll @IntRange(max = 19) int keep) {
        // Given
        List<ChainedEntry> chain = chained(entries);
        Anchor anchor = anchor(chain.get(chain.size() - 1));
        int kept = keep % chain.size();

        // When
        List<ChainedEntry> cut = chain.subList(0, kept);

        // Then
        assertThat(firstBreak(cut, anchor)).map(Break::seq).contains(kept + 1L);
    }

    @Property(tries = 300)
    void aChainThatIsWrittenAnewIsNotTheOneThatIsRemembered(
            @ForAll("entries") @Size(min = 1, max = 20) List<AuditEntry> entries) {
        // Given
        List<ChainedEntry> chain = chained(entries);
        Anchor anchor = anchor(chain.get(chain.size() - 1));

        // When
        List<ChainedEntry> anew =
                chained(entries.stream().map(entry -> altered(entry, 2)).toList());

        // Then
        assertThat(firstBreak(anew, anchor)).map(Break::seq).contains((long) chain.size());
    }

    @Property(tries = 300)
    void anyTwoEntriesInEachOthersPlaceAreNamed(
            @ForAll("entries") @Size(min = 2, max = 20) List<AuditEntry> entries,
            @ForAll @IntRange(max = 19) int one,
            @ForAll @IntRange(max = 19) int other) {
        // Given
        List<ChainedEntry> chain = chained(entries);
        int first = Math.min(one % chain.size(), other % chain.size());
        int second = Math.max(one % chain.size(), other % chain.size());
        if (first == second) {
            return;
        }

        // When
        ChainedEntry moved = chain.set(first, chain.get(second));
        chain.set(second, moved);

        // Then
        assertThat(firstBreak(chain, null)).map(Break::seq).contains(first + 1L);
    }

    @Property(tries = 300)
    void whatMovesFromOneFieldToTheNextChangesTheHash(@ForAll String text, @ForAll String rest) {
        AuditEntry whole =
                new AuditEntry("ten", Instant.EPOCH, text + rest, "", null, null, "a", null, null, null, null, 1);
        AuditEntry split = new AuditEntry("ten", Instant.EPOCH, text, rest, null, null, "a", null, null, null, null, 1);
        if (!rest.isEmpty()) {
            assertThat(AuditChain.hash(1, whole, AuditChain.START))
                    .isNotEqualTo(AuditChain.hash(1, split, AuditChain.START));
        }
    }

    @Provide
    Arbitrary<List<AuditEntry>> entries() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12);
        Arbitrary<@Nullable String> optional = text.injectNull(0.3);
        return Combinators.combine(text, optional, optional, text, optional, optional, optional, Arbitraries.integers())
                .as((actor, role, address, action, target, before, after, count) -> new AuditEntry(
                        "ten_1",
                        Instant.ofEpochSecond(1_700_000_000L + Math.abs(count % 1000)),
                        actor,
                        role,
                        address,
                        null,
                        action,
                        target,
                        before,
                        after,
                        null,
                        count))
                .list();
    }

    private static Optional<Break> firstBreak(List<ChainedEntry> entries, @Nullable Anchor anchor) {
        var chain = new AuditChain(anchor);
        for (ChainedEntry entry : entries) {
            Optional<Break> broken = chain.next(entry);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return chain.end();
    }

    private static Anchor anchor(ChainedEntry entry) {
        return new Anchor(entry.seq(), HexFormat.of().formatHex(entry.hash()));
    }

    private static List<ChainedEntry> chained(List<AuditEntry> entries) {
        List<ChainedEntry> chain = new ArrayList<>();
        byte[] previous = AuditChain.START;
        for (AuditEntry entry : entries) {
            long seq = chain.size() + 1L;
            byte[] hash = AuditChain.hash(seq, entry, previous);
            chain.add(new ChainedEntry(seq * 7, seq, entry, previous, hash));
            previous = hash;
        }
        return chain;
    }

    private static AuditEntry altered(AuditEntry entry, int field) {
        return new AuditEntry(
                field == 0 ? entry.tenantId() + 'x' : entry.tenantId(),
                field == 1 ? entry.at().plusNanos(1000) : entry.at(),
                field == 2 ? entry.actor() + 'x' : entry.actor(),
                field == 3 ? other(entry.role()) : entry.role(),
                field == 4 ? other(entry.remoteAddress()) : entry.remoteAddress(),
                field == 5 ? other(entry.traceId()) : entry.traceId(),
                field == 6 ? entry.action() + 'x' : entry.action(),
                field == 7 ? other(entry.target()) : entry.target(),
                field == 8 ? other(entry.before()) : entry.before(),
                field == 9 ? other(entry.after()) : entry.after(),
                field == 10 ? other(entry.reason()) : entry.reason(),
                field == 11 ? entry.occurrences() + 1 : entry.occurrences());
    }

    /** Null and the empty text are two things. */
    private static String other(@Nullable String text) {
        return text == null ? "" : text + 'x';
    }
}
