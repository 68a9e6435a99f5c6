package io.stockhook.web.trial;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

record NewNote(
        @NotBlank String text,
        @Nullable BigDecimal price,
        @Nullable Mood mood,
        @Nullable Instant dueAt,
        @Nullable Map<String, Object> attributes,
        @Valid @Nullable RetryConfig retryConfig) {

    enum Mood {
        GOOD,
        RATHER_BAD
    }

    record RetryConfig(@Min(0) int maxRetries, @Nullable List<@Min(1) Long> delays) {}
}
