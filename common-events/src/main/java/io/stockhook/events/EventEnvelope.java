package io.stockhook.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * An event on an event topic: CloudEvents 1.0 in the binary mode of its Kafka binding. The attributes are record headers, the
 * data is the record's value byte for byte as it was published.
 *
 * @param id unique for the tenant; an id given twice is the same event
 * @param type its canonical name, {@code product.updated} for example
 * @param source the URI reference of what it comes from
 * @param subject what it is about (a product's id), which also orders it; null if it is about nothing in particular
 * @param time when it happened, to the microsecond
 * @param tenantId whose event it is (extension {@code tenantid})
 * @param dataSchema the URI of its data's schema; null if it has none
 * @param deliverAt not to be delivered before (extension {@code deliverat}); null for at once
 * @param traceParent the W3C trace context it was published in; null if there was none
 * @param data JSON, never parsed on the way
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the record it was read from; nobody writes to it
public record EventEnvelope(
        String id,
        String type,
        String source,
        @Nullable String subject,
        Instant time,
        String tenantId,
        @Nullable String dataSchema,
        @Nullable Instant deliverAt,
        @Nullable String traceParent,
        byte[] data) {

    private static final String SPEC_VERSION = "1.0";
    private static final String JSON = "application/json";
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final String CE_SPECVERSION = "ce_specversion";
    private static final String CE_ID = "ce_id";
    private static final String CE_TYPE = "ce_type";
    private static final String CE_SOURCE = "ce_source";
    private static final String CE_SUBJECT = "ce_subject";
    private static final String CE_TIME = "ce_time";
    private static final String CE_TENANTID = "ce_tenantid";
    private static final String CE_DATASCHEMA = "ce_dataschema";
    private static final String CE_DELIVERAT = "ce_deliverat";
    private static final String CONTENT_TYPE = "content-type";

    /** The record key: events of one subject share a partition and so keep their order. */
    public String recordKey() {
        return tenantId + ':' + (subject == null ? id : subject);
    }

    /** The record headers. */
    public List<Header> headers() {
        List<Header> headers = new ArrayList<>(11);
        add(headers, CE_SPECVERSION, SPEC_VERSION);
        add(headers, CE_ID, id);
        add(headers, CE_TYPE, type);
        add(headers, CE_SOURCE, source);
        add(headers, CE_SUBJECT, subject);
        add(headers, CE_TIME, time.toString());
        add(headers, CE_TENANTID, tenantId);
        add(headers, CE_DATASCHEMA, dataSchema);
        add(headers, CE_DELIVERAT, deliverAt == null ? null : deliverAt.toString());
        add(headers, TraceContext.HEADER, traceParent);
        add(headers, CONTENT_TYPE, JSON);
        return headers;
    }

    /**
     * The event that a record holds.
     *
     * @throws MalformedRecordException naming the header that is missing or cannot be read
     */
    public static EventEnvelope read(Headers headers, byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedRecordException("an event without data");
        }
        String specVersion = required(headers, CE_SPECVERSION);
        if (!specVersion.equals(SPEC_VERSION)) {
            throw new MalformedRecordException("CloudEvents version '" + specVersion + "' is not " + SPEC_VERSION);
        }
        Instant time = instant(CE_TIME, required(headers, CE_TIME));
        String deliverAt = optional(headers, CE_DELIVERAT);
        return new EventEnvelope(
                required(headers, CE_ID),
                required(headers, CE_TYPE),
                required(headers, CE_SOURCE),
                optional(headers, CE_SUBJECT),
                time,
                required(headers, CE_TENANTID),
                optional(headers, CE_DATASCHEMA),
                deliverAt == null ? null : instant(CE_DELIVERAT, deliverAt),
                optional(headers, TraceContext.HEADER),
                value);
    }

    private static void add(List<Header> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String required(Headers headers, String name) {
        String value = optional(headers, name);
        if (value == null || value.isEmpty()) {
            throw new MalformedRecordException("an event without header " + name);
        }
        return value;
    }

    private static @Nullable String optional(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Instant instant(String name, String text) {
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedRecordException("header " + name + " is no RFC 3339 time", e);
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new MalformedRecordException("header " + name + " is beyond the years that RFC 3339 can write");
        }
        return time;
    }
}
