package io.stockhook.receiver.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishRequestReaderTests {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final PublishRequestReader reader = new PublishRequestReader(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void readsEveryFieldOfAnEvent() {
        // Given
        String body = """
                {"id":"order-1","type":"order.placed","source":"/shop","subject":"4711",
                 "time":"2026-01-31T13:00:00.1234567+01:00","data_schema":"https://shop.example/1","data":{"a":1}}""";

        // When
        PublishRequest request = read(body);

        // Then
        assertThat(request.isBatch()).isFalse();
        NewEvent event = valid(request, 0);
        assertThat(event.id()).isEqualTo("order-1");
        assertThat(event.type()).isEqualTo("order.placed");
        assertThat(event.source()).isEqualTo("/shop");
        assertThat(event.subject()).isEqualTo("4711");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
        assertThat(event.dataSchema()).isEqualTo("https://shop.example/1");
        assertThat(event.data()).asString().isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"b\" : 1.500 , \"a\" : [ ] }",
                "{\"a\":1e400,\"b\":12345678901234567890123456789012345678901234567890}",
                "{\"a\":\"\\u0000 \\ud800 \\/\"}",
                "{\"a\":1,\"a\":2}",
                "{\"é\":\"日本語 😀\",\"nested\":{\"data\":{\"}\":\"{\"}}}",
                "{\n\t\"a\" :\r\n1 }"
            })
    void keepsTheDataByteForByte(String data) {
        // Given
        String single = "{\"data\": " + data + " , \"type\":\"a.b\"}";
        String batch = "[ {\"type\":\"a.b\",\"subject\":\"ünïcödé\",\"data\":" + data + "} , {\"data\":" + data
                + ",\"type\":\"a.b\"} ]";

        // When
        PublishRequest one = read(single);
        PublishRequest many = read(batch);

        // Then
        assertThat(valid(one, 0).data()).isEqualTo(utf8(data));
        assertThat(valid(many, 0).data()).isEqualTo(utf8(data));
        assertThat(valid(many, 1).data()).isEqualTo(utf8(data));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"type\":\"a.b\",\"data\":{}}]",
                "{\"events\":[{\"type\":\"a.b\",\"data\":{}}]}",
            })
    void takesAnArrayAndAWrappedArrayAsABatch(String body) {
        // When
        PublishRequest request = read(body);

        // Then
        assertThat(request.isBatch()).isTrue();
        assertThat(request.submissions()).singleElement().isInstanceOf(Submission.Valid.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    id          | {"id":"","type":"a.b","data":{}}
                    id          | {"id":"with space","type":"a.b","data":{}}
                    id          | {"id":7,"type":"a.b","data":{}}
                    type        | {"data":{}}
                    type        | {"type":null,"data":{}}
                    type        | {"type":"Upper.Case","data":{}}
                    type        | {"type":"single","data":{}}
                    type        | {"type":"webhook.disabled","data":{}}
                    type        | {"type":"system.startup","data":{}}
                    type        | {"type":"system.alert.raised","data":{}}
                    type        | {"type":{"a":1},"data":{}}
                    source      | {"source":"not a uri","type":"a.b","data":{}}
                    subject     | {"subject":"","type":"a.b","data":{}}
                    subject     | {"subject":"a\\u0000b","type":"a.b","data":{}}
                    subject     | {"subject":"\\ud800","type":"a.b","data":{}}
                    time        | {"time":"yesterday","type":"a.b","data":{}}
                    time        | {"time":"1969-12-31T23:59:59Z","type":"a.b","data":{}}
                    data        | {"type":"a.b"}
                    data        | {"type":"a.b","data":null}
                    data        | {"type":"a.b","data":[{}]}
                    data        | {"type":"a.b","data":"text"}
                    data_schema | {"data_schema":"/relative","type":"a.b","data":{}}
                    deliver_at  | {"deliver_at":"2026-03-02T12:00:00.000001Z","type":"a.b","data":{}}
                    deliver_at  | {"deliver_at":"tomorrow","type":"a.b","data":{}}
                    deliver_at  | {"deliver_at":1769860800,"type":"a.b","data":{}}
                    deliver     | {"deliver":"2026-02-01T00:00:00Z","type":"a.b","data":{}}
                    type        | {"type":"a.b","type":"a.c","data":{}}
                    ?           | {"\\ud800":1,"type":"a.b","data":{}}
                    """)
    void namesTheFieldThatIsWrong(String field, String body) {
        // When
        PublishRequest request = read(body);

        // Then
        assertThat(request.submissions()).singleElement().isInstanceOfSatisfying(Submission.Invalid.class, invalid -> {
            assertThat(invalid.errors()).extracting(FieldError::field).containsExactly(field);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02T12:00:00Z", "2026-01-31T12:00:01.5Z", "2026-01-30T00:00:00Z"})
    void eventIsScheduledUpToThirtyDaysAhead(String deliverAt) {
        // When
        PublishRequest request = read("{\"type\":\"a.b\",\"data\":{},\"deliver_at\":\"" + deliverAt + "\"}");

        // Then
        assertThat(valid(request, 0).deliverAt()).isEqualTo(Instant.parse(deliverAt));
    }

    @Test
    void namesAllFieldsThatAreWrongAndKeepsTheId() {
        // When
        PublishRequest request = read("[{\"id\":\"x\",\"type\":1,\"colour\":\"red\"}, 7]");

        // Then
        assertThat(request.submissions().get(0)).isInstanceOfSatisfying(Submission.Invalid.class, invalid -> {
            assertThat(invalid.id()).isEqualTo("x");
            assertThat(invalid.errors()).extracting(FieldError::field).containsExactly("type", "colour", "data");
        });
        assertThat(request.submissions().get(1)).isInstanceOf(Submission.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "7",
                "{\"type\":\"a.b\",\"data\":{}",
                "{\"type\":\"a.b\",\"data\":{}} {}",
                "{\"type\":\"a.b\",\"data\":{\"a\":}}",
                "{\"events\":{}}",
                "{\"events\":[]}",
                "[]",
                "{\"events\":[{\"type\":\"a.b\",\"data\":{}}],\"more\":1}",
                "\uFEFF{\"type\":\"a.b\",\"data\":{}}"
            })
    void refusesABodyOfNoKnownShape(String body) {
        // When
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> read(body));

        // Then
        assertThat(problem.getStatusCode()).isEqualTo(400);
    }

    @Test
    void refusesBrokenUtf8InsideTheData() {
        // Given
        byte[] body = utf8("{\"type\":\"a.b\",\"data\":{\"a\":\"?\"}}");
        body[new String(body, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;

        // When
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> reader.read(body));

        // Then
        assertThat(problem.getStatusCode()).isEqualTo(400);
        assertThat(problem.getDetail()).contains("UTF-8");
    }

    @Test
    void refusesNestingAndNumbersBeyondTheLimits() {
        // Given
        List<String> tooMuch = List.of("[".repeat(1_001) + "]".repeat(1_001), "1".repeat(1_001));

        for (String value : tooMuch) {
            // When
            HttpProblem problem = catchThrowableOfType(
                    HttpProblem.class, () -> read("{\"type\":\"a.b\",\"data\":{\"a\":" + value + "}}"));

            // Then
            assertThat(problem.getStatusCode()).isEqualTo(400);
            assertThat(problem.getDetail()).contains("limit");
        }
    }

    @Test
    void refusesTheWholeRequestForOneEventThatIsTooLong() {
        // Given
        String tooLong = "{\"a\":\"" + "x".repeat(256 * 1024) + "\"}";

        // When
        HttpProblem problem = catchThrowableOfType(
                HttpProblem.class,
                () -> read(
                        "{\"events\":[{\"type\":\"a.b\",\"data\":{}},{\"type\":\"a.b\",\"data\":" + tooLong + "}]}"));

        // Then
        assertThat(problem.getStatusCode()).isEqualTo(413);
        assertThat(problem.getDetail()).contains("events[1].data");
    }

    @Test
    void takesAThousandEventsAndNotOneMore() {
        // Given
        String event = "{\"type\":\"a.b\",\"data\":{}}";
        String thousand = event + ("," + event).repeat(999);

        // When
        PublishRequest request = read("[" + thousand + "]");
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> read("[" + thousand + "," + event + "]"));

        // Then
        assertThat(request.submissions()).hasSize(1_000);
        assertThat(problem.getStatusCode()).isEqualTo(413);
    }

    private PublishRequest read(String body) {
        return reader.read(utf8(body));
    }

    private static NewEvent valid(PublishRequest request, int index) {
        assertThat(request.submissions().get(index)).isInstanceOf(Submission.Valid.class);
        return ((Submission.Valid) request.submissions().get(index)).event();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
