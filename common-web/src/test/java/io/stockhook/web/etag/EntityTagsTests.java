package io.stockhook.web.etag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTests {

    @Test
    void aCallerWhoDoesNotSayWhatItSawPasses() {
        assertThatCode(() -> EntityTags.requireMatch(null, 3)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "*", " \"2\" , \"3\" "})
    void aCallerWhoSawThisVersionPasses(String ifMatch) {
        assertThatCode(() -> EntityTags.requireMatch(ifMatch, 3)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "3", "W/\"3\"", "", "\"33\""})
    void aCallerWhoSawAnotherVersionIsRefused(String ifMatch) {
        assertThatThrownBy(() -> EntityTags.requireMatch(ifMatch, 3))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(412));
    }
}
