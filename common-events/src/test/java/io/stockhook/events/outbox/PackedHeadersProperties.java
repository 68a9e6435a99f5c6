package io.stockhook.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

class PackedHeadersProperties {

    @Property(tries = 500)
    void headersComeOutOfTheirRowAsTheyWentIn(@ForAll("headers") List<Header> headers) {
        assertThat(OutboxTable.unpack(OutboxTable.pack(headers))).isEqualTo(headers);
    }

    @Provide
    Arbitrary<List<Header>> headers() {
        Arbitrary<String> names =
                Arbitraries.strings().withCharRange('\0', '\uD7FF').ofMaxLength(12);
        Arbitrary<byte[]> values =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).injectNull(0.2);
        return Combinators.combine(names, values)
                .<Header>as(RecordHeader::new)
                .list()
                .ofMaxSize(12);
    }
}
