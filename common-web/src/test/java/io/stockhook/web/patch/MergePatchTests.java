package io.stockhook.web.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7396, appendix A. */
class MergePatchTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} patched with {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"a":"b"}                | {"a":"c"}                    | {"a":"c"}
                    {"a":"b"}                | {"b":"c"}                    | {"a":"b","b":"c"}
                    {"a":"b"}                | {"a":null}                   | {}
                    {"a":"b","b":"c"}        | {"a":null}                   | {"b":"c"}
                    {"a":["b"]}              | {"a":"c"}                    | {"a":"c"}
                    {"a":"c"}                | {"a":["b"]}                  | {"a":["b"]}
                    {"a":{"b":"c"}}          | {"a":{"b":"d","c":null}}     | {"a":{"b":"d"}}
                    {"a":[{"b":"c"}]}        | {"a":[1]}                    | {"a":[1]}
                    ["a","b"]                | ["c","d"]                    | ["c","d"]
                    {"a":"b"}                | ["c"]                        | ["c"]
                    {"a":"foo"}              | null                         | null
                    {"a":"foo"}              | "bar"                        | "bar"
                    {"e":null}               | {"a":1}                      | {"e":null,"a":1}
                    [1,2]                    | {"a":"b","c":null}           | {"a":"b"}
                    {}                       | {"a":{"bb":{"ccc":null}}}    | {"a":{"bb":{}}}
                    """)
    void patchesAsTheSpecificationShows(String target, String patch, String expected) throws JsonProcessingException {
        // When
        var result = MergePatch.apply(JSON.readTree(target), JSON.readTree(patch));

        // Then
        assertThat(result).isEqualTo(JSON.readTree(expected));
    }
}
