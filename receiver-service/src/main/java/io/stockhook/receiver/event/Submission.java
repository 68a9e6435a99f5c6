package io.stockhook.receiver.event;

import io.stockhook.web.problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One element of a publishing request: an event, or what is wrong with it. */
sealed interface Submission {

    /** An event that can be accepted. */
    record Valid(NewEvent event) implements Submission {}

    /**
     * Something that is no event.
     *
     * @param id the id it came with, so that the publisher finds it again; null if it had none that can be repeated
     * @param errors at least one, their paths beginning inside the element
     */
    record Invalid(@Nullable String id, List<FieldError> errors) implements Submission {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }
}
