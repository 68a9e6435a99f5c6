package io.stockhook.subscription.integration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's answers mean. The engine goes by the status alone; this says it to people, and knows the providers that answer 200 to
 * what they did not take. Pure.
 *
 * @param refusals what failures mean, the first that fits counts
 * @param objection what a 2xx answer may still object to
 */
record Acceptance(List<Refusal> refusals, Objection objection) {

    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_NO_SUCCESS = 300;

    Acceptance(Refusal... refusals) {
        this(List.of(refusals), body -> null);
    }

    /**
     * What an answer means.
     *
     * @param status the answer's
     * @param mark what its body contains; empty for anything
     * @param meaning what is wrong and what would help
     */
    record Refusal(int status, String mark, String meaning) {}

    /** Finds in the body of a 2xx answer that nothing was done. */
    interface Objection {
        /** What is wrong, for people; null if nothing is. */
        @Nullable
        String to(String body);
    }

    /**
     * Why the provider did not take a request, for people; null if it did.
     *
     * @param body as far as it is known
     */
    @Nullable
    String objection(int status, String body) {
        if (status >= FIRST_SUCCESS && status < FIRST_NO_SUCCESS) {
            return objection.to(body);
        }
        return refusals.stream()
                .filter(refusal -> refusal.status() == status && body.contains(refusal.mark()))
                .map(Refusal::meaning)
                .findFirst()
                .orElseGet(() -> "It answered %d.".formatted(status));
    }
}
