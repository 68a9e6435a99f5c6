package io.stockhook.subscription.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EventData;
import io.stockhook.subscription.validation.ValidationView.FilterAnswer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterDiagnosisTests {

    private static final String SAMPLE = """
            {"amount": 80, "status": "paid", "customer": {"country": "US", "tags": ["a", "b"]}, "note": null}""";

    @Test
    void saysThatASampleMatches() throws Exception {
        // When
        FilterAnswer answer = diagnose("{\"status\": [\"paid\", \"shipped\"], \"max_amount\": 80}");

        // Then
        assertThat(answer.valid()).isTrue();
        assertThat(answer.matches()).isTrue();
        assertThat(answer.unmet()).isEmpty();
    }

    @Test
    void namesThePlaceOfAFault() throws Exception {
        // When
        FilterAnswer answer = diagnose("{\"customer\": {\"$and\": [\"x\", {\"country\": {\"$above\": 1}}]}}");

        // Then
        assertThat(answer.valid()).isFalse();
        assertThat(answer.matches()).isNull();
        assertThat(answer.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("filter.filters.customer.$and[1].country.$above");
            assertThat(problem.message()).contains("$startsWith");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"min_amount": 100, "status": "paid"}                 | filter.filters.min_amount             | The sample has 80 in amount.
            {"amount": {"$gte": 50, "$lt": 80}}                   | filter.filters.amount.$lt             | The sample has 80 in amount.
            {"status": "shipped"}                                 | filter.filters.status                 | The sample has paid in status.
            {"customer.country": "CA"}                            | filter.filters.customer.country       | The sample has US in customer.country.
            {"customer": {"country": {"$in": ["CA"]}}}            | filter.filters.customer.country.$in   | The sample has US in customer.country.
            {"$and": [{"status": "paid"}, {"amount": 81}]}        | filter.filters.$and[1].amount         | The sample has 80 in amount.
            {"customer": {"$and": [{"country": "US"}, {"zip": 1}]}} | filter.filters.customer.$and[1].zip | The sample has no text, number, true or false in customer.zip.
            {"$or": [{"amount": 1}, {"status": "x"}]}             | filter.filters.$or                    | None of its alternatives holds.
            {"status": {"$not": "paid"}}                          | filter.filters.status.$not            | What it denies holds.
            {"note": {"$exists": false}}                          | filter.filters.note.$exists           | The sample has no text, number, true or false in note.
            """)
    void namesTheConditionThatTheSampleDoesNotMeet(String filter, String field, String message) throws Exception {
        // When
        FilterAnswer answer = diagnose(filter);

        // Then
        assertThat(answer.matches()).isFalse();
        assertThat(answer.unmet()).singleElement().satisfies(unmet -> {
            assertThat(unmet.field()).isEqualTo(field);
            assertThat(unmet.message()).isEqualTo(message);
            assertThat(unmet.expected()).isNotNull();
        });
    }

    @Test
    void namesEveryConditionThatIsNotMet() throws Exception {
        // When
        FilterAnswer answer = diagnose("{\"amount\": 1, \"status\": \"x\", \"customer\": {\"country\": \"US\"}}");

        // Then
        assertThat(answer.unmet())
                .extracting(Finding::field)
                .containsExactly("filter.filters.amount", "filter.filters.status");
    }

    private static FilterAnswer diagnose(String filter) throws IOException {
        JsonNode sample = EventData.read(SAMPLE);
        return FilterDiagnosis.of(EventData.read(filter), sample);
    }
}
