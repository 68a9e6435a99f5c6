package io.stockhook.receiver.event;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.Ids;
import io.stockhook.web.idempotency.KeyRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The idempotency key of a publishing request. Instead of keeping whole answers, it names the events that have no name of their
 * own: a repeated request has the same ids then, and what is one event is decided where it is for all others, also if the first
 * request was answered with 503 or not at all.
 */
final class KeyedIds {

    private KeyedIds() {}

    /**
     * The request with an id for every event.
     *
     * @throws HttpProblem 400 if the key is not 1 to 255 visible ASCII characters
     */
    static PublishRequest in(PublishRequest request, String key) {
        KeyRule.require(key);
        List<Submission> named = new ArrayList<>(request.submissions().size());
        for (Submission submission : request.submissions()) {
            named.add(named(submission, key, named.size()));
        }
        return new PublishRequest(request.isBatch(), named);
    }

    private static Submission named(Submission submission, String key, int place) {
        if (!(submission instanceof Submission.Valid valid) || valid.event().id() != null) {
            return submission;
        }
        // The time in an identifier is when it was made, which must not change with a repetition: hence none.
        String id = Ids.derived(Ids.Kind.EVENT, Instant.EPOCH, key + '\n' + place);
        return new Submission.Valid(valid.event().withId(id));
    }
}
