package io.stockhook.events.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stockhook.events.EventData;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTests {

    private static final String ORDER = """
            {
              "order_status": "confirmed",
              "amount": 150.00,
              "total": 20,
              "min_stock": 5,
              "express": true,
              "coupon": null,
              "placed_at": "2026-01-15T10:30:00Z",
              "customer": {"email": "ana@example.com", "tags": ["vip", "wholesale"], "address": {"country": "BR"}},
              "items": [{"sku": "SHIRT-1", "quantity": 2}, {"sku": "HAT-7", "quantity": 10, "gift": null}],
              "notes": [],
              "sizes": [[1, 2], [3]]
            }""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'order_status': 'confirmed'}",
                "{'order_status': ['confirmed', 'shipped'], 'min_amount': 100}",
                "{'min_amount': 150, 'max_amount': 150.0}",
                "{'express': true, 'coupon': null}",
                "{'customer.address.country': ['BR', 'PT']}",
                "{'customer': {'address': {'country': 'BR'}, 'email': {'$endsWith': '@example.com'}}}",
                "{'order_status': {'$ne': 'cancelled'}}",
                "{'order_status': {'$nin': ['cancelled', 'draft']}}",
                "{'amount': {'$gt': 149.99, '$lte': 150}}",
                "{'amount': {'$gt': -1e400, '$lt': 1e400}}",
                "{'placed_at': {'$gte': '2026-01-01T00:00:00Z', '$lt': '2026-02-01T00:00:00Z'}}",
                "{'items.sku': {'$regex': '^(SHIRT|SHOE)-\\\\d+$'}}",
                "{'items.1.sku': 'HAT-7'}",
                "{'$or': [{'order_status': 'draft'}, {'customer.tags': 'vip'}]}",
                "{'$and': [{'total': {'$gte': 20}}, {'$not': {'express': false}}]}",
                "{'order_status': {'$or': ['draft', {'$startsWith': 'conf'}]}}",
                "{'order_status': {'$not': ['draft', 'cancelled']}}",
                "{'customer': {'$or': [{'email': {'$exists': false}}, {'address.country': 'BR'}]}}"
            })
    void matchesAnOrderThatHasWhatIsAskedFor(String filter) {
        assertThat(matches(filter, ORDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'order_status': 'CONFIRMED'}",
                "{'order_status': ['confirmed', 'shipped'], 'min_amount': 151}",
                "{'max_amount': 149.99}",
                "{'customer.address.country': 'PT'}",
                "{'customer': {'address': {'country': 'BR'}, 'email': 'bob@example.com'}}",
                "{'order_status': {'$ne': 'confirmed'}}",
                "{'amount': {'$gt': 150}}",
                "{'items.sku': {'$regex': '^SHOE'}}",
                "{'items.0.sku': 'HAT-7'}",
                "{'$or': [{'order_status': 'draft'}, {'customer.tags': 'retail'}]}",
                "{'$not': {'express': true}}",
            })
    void doesNotMatchAnOrderThatLacksIt(String filter) {
        assertThat(matches(filter, ORDER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a missing field
                "{'x': 1} | {} | false",
                "{'x': null} | {} | true",
                "{'x': {'$eq': null}} | {} | true",
                "{'x': {'$ne': null}} | {} | false",
                "{'x': {'$ne': 1}} | {} | true",
                "{'x': {'$nin': [1]}} | {} | true",
                "{'x': {'$gt': 1}} | {} | false",
                "{'x': {'$not': {'$gt': 1}}} | {} | true",
                "{'x': {'$exists': false}} | {} | true",
                "{'x': {'$exists': true}} | {} | false",
                "{'min_x': 1} | {} | false",
                "{'x.y': {'$exists': true}} | {'x': 1} | false",
                // null
                "{'x': null} | {'x': null} | true",
                "{'x': {'$exists': true}} | {'x': null} | true",
                "{'x': {'$ne': 1}} | {'x': null} | true",
                "{'x': {'$gte': 0}} | {'x': null} | false",
                "{'x': ''} | {'x': null} | false",
                // another type
                "{'x': 1} | {'x': '1'} | false",
                "{'x': '1'} | {'x': 1} | false",
                "{'x': true} | {'x': 'true'} | false",
                "{'x': true} | {'x': 1} | false",
                "{'x': {'$gt': 5}} | {'x': '9'} | false",
                "{'x': {'$lt': '9'}} | {'x': 5} | false",
                "{'x': {'$ne': 1}} | {'x': '1'} | true",
                "{'x': {'$regex': '1'}} | {'x': 1} | false",
                "{'x': {'$startsWith': 't'}} | {'x': true} | false",
                "{'x': 1} | {'x': {'y': 1}} | false",
                // lists in the data
                "{'x': 1} | {'x': [3, 2, 1]} | true",
                "{'x': [7, 2]} | {'x': [3, 2, 1]} | true",
                "{'x': {'$ne': 1}} | {'x': [3, 2, 1]} | false",
                "{'x': {'$nin': [7]}} | {'x': [3, 2, 1]} | true",
                "{'x': {'$gt': 2}} | {'x': [3, 2, 1]} | true",
                "{'x': {'$gt': 2, '$lt': 2}} | {'x': [3, 1]} | true",
                "{'x': {'$not': {'$gt': 2}}} | {'x': [3, 1]} | false",
                "{'x': null} | {'x': []} | false",
                "{'x': null} | {'x': [1, null]} | true",
                "{'x': {'$exists': true}} | {'x': []} | true",
                "{'x': 1} | {'x': [[1]]} | false",
                "{'x.y': 1, 'x.z': 2} | {'x': [{'y': 1}, {'z': 2}]} | true",
                "{'x.1': 5} | {'x': [4, 5]} | true",
                "{'x.1': 5} | {'x': {'1': 5}} | true",
                "{'x.y': {'$exists': false}} | {'x': [{'y': 1}, {}]} | false",
                // data that is no object
                "{'x': 1} | [{'x': 1}] | true",
                "{'0': 1} | [1] | true",
                "{'x': 1} | 1 | false",
                "{'x': {'$ne': 1}} | \"text\" | true",
                // bounds
                "{'min_x': 2} | {'x': 2} | true",
                "{'min_x': 2} | {'x': 1} | false",
                "{'min_x': 2} | {'x': 9, 'min_x': 1} | false",
                "{'min_x': 2} | {'x': 1, 'min_x': 2} | true",
                "{'max_x': '2026'} | {'x': '2025'} | true",
                "{'o.min_x': 2} | {'o': {'x': 3}} | true",
                "{'o': {'max_x': 2}} | {'o': {'x': 3}} | false",
                "{'min_x': {'$gt': 2}} | {'x': 9} | false",
                "{'min_x': [2]} | {'x': 9} | false",
                "{'min_': 2} | {'min_': 2} | true",
                // numbers are decimals
                "{'x': 1} | {'x': 1.0} | true",
                "{'x': 1.50} | {'x': 15e-1} | true",
                "{'x': 0.1} | {'x': 0.10000000000000000001} | false",
                "{'x': {'$gt': 9007199254740992}} | {'x': 9007199254740993} | true",
                "{'x': 0} | {'x': -0.0} | true",
                "{'x': 100} | {'x': 1e2} | true",
                "{'x': 1e400} | {'x': 1e400} | true",
                "{'x': 1e400} | {'x': 1e401} | false",
                "{'x': {'$gt': 1e400}} | {'x': 1e999999999999} | true",
                "{'x': {'$gt': 0}} | {'x': 1e-999999999999} | true",
                "{'x': {'$lt': -1e400}} | {'x': -1e999999999999} | true",
                "{'x': 12345678901234567890} | {'x': 12345678901234567890.0} | true",
                // texts
                "{'x': {'$endsWith': 'ão'}} | {'x': 'não'} | true",
                "{'x': {'$regex': 'b+'}} | {'x': 'abbc'} | true",
                "{'x': {'$regex': '(?i)^ABC$'}} | {'x': 'abc'} | true",
                "{'x': ''} | {'x': ''} | true",
            })
    void meansWhatTheDocumentationSays(String filter, String data, boolean expected) {
        assertThat(matches(filter, data.replace('\'', '"'))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | filters | Must be a JSON object",
                "null | filters | Must be a JSON object",
                "{ | filters | Must be a JSON object",
                "{'a': {}} | filters.a | Must have a condition",
                "{'a': []} | filters.a | Must be a list of texts, numbers",
                "{'a': [1, {}]} | filters.a[1] | Must be a text, a number",
                "{'a': [[1]]} | filters.a[0] | Must be a text, a number",
                "{'order': {'$and': [{'id': 1}, {'total': {'$gt': true}}]}} | filters.order.$and[1].total.$gt"
                        + " | Must be a number, or a text",
                "{'a': {'$gt': null}} | filters.a.$gt | Must be a number, or a text",
                "{'a': {'$eq': [1]}} | filters.a.$eq | $in takes a list",
                "{'a': {'$ne': {}}} | filters.a.$ne | Must be a text, a number",
                "{'a': {'$in': 1}} | filters.a.$in | Must be a list of texts, numbers",
                "{'a': {'$in': []}} | filters.a.$in | 1 to 100",
                "{'a': {'$nin': [1, [2]]}} | filters.a.$nin[1] | Must be a text, a number",
                "{'a': {'$exists': 1}} | filters.a.$exists | Must be true or false",
                "{'a': {'$startsWith': ''}} | filters.a.$startsWith | 1 to 1024 characters",
                "{'a': {'$regex': 5}} | filters.a.$regex | 1 to 256 characters",
                "{'a': {'$regex': '('}} | filters.a.$regex | missing closing )",
                "{'a': {'$regex': '(?=x)'}} | filters.a.$regex | without look-around",
                "{'a': {'$regex': '\\\\\\\\pL{900}'}} | filters.a.$regex | too expensive",
                "{'a': {'$like': 'x'}} | filters.a.$like | Is no operator; there are $eq",
                "{'a': {'$eq, $ne': 'x'}} | filters.a.$eq, $ne | Is no operator",
                "{'$gt': 5} | filters.$gt | Stands inside a field's object",
                "{'$and': {'a': 1}} | filters.$and | Must be a list of conditions",
                "{'$or': []} | filters.$or | Must be a list of conditions",
                "{'$or': [{'a': 1}, 5]} | filters.$or[1] | Must be an object of fields",
                "{'$or': [{'a': 1}, {}]} | filters.$or[1] | Must have a condition",
                "{'$not': 'x'} | filters.$not | Must be an object of fields",
                "{'$not': {}} | filters.$not | Must have a condition",
                "{'': 1} | filters. | Must be names between dots",
                "{'a..b': 1} | filters.a..b | Must be names between dots",
                "{'a.': {'$gt': 1}} | filters.a. | Must be names between dots",
                "{'a': 1e2000000000} | filters.a | Must be a number with an exponent",
                "{'a': {'$gt': 1e-99999999999}} | filters.a.$gt | Must be a number with an exponent",
            })
    void refusesWithThePlaceOfTheFaultAndWhatWouldBeRight(String filter, String place, String reason) {
        assertThatThrownBy(() -> compile(filter)).isInstanceOfSatisfying(InvalidFilterException.class, e -> {
            assertThat(e.place()).isEqualTo(place);
            assertThat(e.reason()).contains(reason).endsWith(".");
        });
    }

    @Test
    void boundsWhatAFilterMayCost() {
        assertRefused("{'a': '" + "x".repeat(EventFilter.MAX_LENGTH) + "'}");
        assertRefused("{'a': '" + "x".repeat(EventFilter.MAX_TEXT + 1) + "'}");
        assertRefused("{'a': {'$regex': '" + "x".repeat(EventFilter.MAX_REGEX + 1) + "'}}");
        assertRefused("{'a': " + list(EventFilter.MAX_LIST + 1) + "}");
        assertRefused("{'" + "a.".repeat(20) + "a': 1}");
        assertRefused("{'" + "a".repeat(300) + "': 1}");
        assertRefused("{'a': " + "{'$not': ".repeat(EventFilter.MAX_DEPTH) + "{'$eq': 1}"
                + "}".repeat(EventFilter.MAX_DEPTH) + "}");
        assertRefused(fields(EventFilter.MAX_CONDITIONS + 1));
        assertThat(compile(fields(EventFilter.MAX_CONDITIONS))).isNotNull();
        assertThat(compile("{'a': " + list(EventFilter.MAX_LIST) + "}")).isNotNull();
    }

    @Test
    void aBoundCountsOnce() {
        // Given
        String bounds = IntStream.range(0, EventFilter.MAX_CONDITIONS)
                .mapToObj(index -> "'min_f" + index + "': 1")
                .collect(Collectors.joining(",", "{", "}"));

        // Then
        assertThat(compile(bounds)).isNotNull();
    }

    @Test
    void anExpressionThatWouldExplodeElsewhereIsQuick() {
        // Given
        EventFilter filter = compile("{'a': {'$regex': '^(([a-z])+.)+[A-Z]([a-z])+$'}}");
        String text = "a".repeat(1_000);
        EventData data = new EventData(
                ("{\"a\":[" + String.join(",", Collections.nCopies(200, "\"" + text + "\"")) + "]}").getBytes(UTF_8));

        // When
        boolean matches = assertTimeout(Duration.ofSeconds(5), () -> filter.matches(data));

        // Then
        assertThat(matches).isFalse();
    }

    @Test
    void looksAtTheFirstThousandElementsOfALongList() {
        // Given
        String ones = String.join(",", Collections.nCopies(1_000, "1"));
        String objects = String.join(",", Collections.nCopies(1_000, "{\"b\":1}"));

        // Then
        assertThat(matches("{'a': 2}", "{\"a\":[2," + ones + "]}")).isTrue();
        assertThat(matches("{'a': 2}", "{\"a\":[" + ones + ",2]}")).isFalse();
        assertThat(matches("{'a.b': 2}", "{\"a\":[{\"b\":2}," + objects + "]}")).isTrue();
        assertThat(matches("{'a.b': 2}", "{\"a\":[" + objects + ",{\"b\":2}]}")).isFalse();
        assertThat(matches("{'a.1000.b': 2}", "{\"a\":[" + objects + ",{\"b\":2}]}"))
                .isTrue();
    }

    @Test
    void aTextBeyondWhatExpressionsLookAtDoesNotMatch() {
        // Given
        EventFilter filter = compile("{'a': {'$regex': 'x'}}");

        // Then
        assertThat(filter.matches(data("{\"a\":\"" + "x".repeat(1_024) + "\"}")))
                .isTrue();
        assertThat(filter.matches(data("{\"a\":\"" + "x".repeat(1_025) + "\"}")))
                .isFalse();
    }

    @Test
    void matchesNothingThatIsNoJsonWhateverItAsks() {
        assertThat(compile("{'a': {'$ne': 1}}").matches(data("no json"))).isFalse();
        assertThat(compile("{}").matches(data(""))).isFalse();
    }

    @Test
    void whatStandsInForAnInvalidFilterMatchesNothing() {
        assertThat(EventFilter.NOTHING.matches(data(ORDER))).isFalse();
        assertThat(EventFilter.NOTHING.matches(data("{}"))).isFalse();
    }

    private static void assertRefused(String filter) {
        assertThatThrownBy(() -> compile(filter)).isInstanceOf(InvalidFilterException.class);
    }

    private static String list(int size) {
        return IntStream.range(0, size).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "'f" + index + "': 1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static EventFilter compile(String filter) {
        return EventFilter.compile(filter.replace('\'', '"'));
    }

    private static EventData data(String json) {
        return new EventData(json.getBytes(UTF_8));
    }

    private static boolean matches(String filter, String json) {
        return compile(filter).matches(data(json));
    }

    /** Found by {@code EventFilterProperties}: the expression library folds these letters for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {"(?i)\u1C80", "(?i)[\u1C00-\u1CFF]", "(?i)[\\\\x{1c80}]", "a(?si:\\\\x{1C88})", "(?i)[^a-\uFFFF]"
            })
    void letterThatNeverFoldsBackIsRefusedWhereAnyCaseIsTaken(String expression) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(
                        () -> EventFilter.compile("{\"a\":{\"$regex\":\"" + expression + "\"}}"))
                .isInstanceOf(InvalidFilterException.class)
                .hasMessageContaining("(?i)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i)straße|ΣΟΦΟΣ|ЖУК", "[\u1C80]", "\\\\x{1c80}|\u1C80"})
    void lettersAreTakenWhereTheyAreSafe(String expression) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(
                        EventFilter.compile("{\"a\":{\"$regex\":\"" + expression + "\"}}")
                                .matches(new EventData("{\"a\":\"\u1C80 жук\"}".getBytes(UTF_8))))
                .isTrue());
    }
}
