package io.stockhook.receiver.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.web.problem.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a batch.
 *
 * @param results one for each event, in the order they were sent
 */
@Schema(description = "What became of each event of a batch.")
public record PublishAnswer(
        @Schema(description = "One for each event, in the order they were sent.")
        List<Result> results) {

    /** What became of an event, as the publisher is told. */
    public enum Status {
        /** It is durable and will be delivered, whether it came now or came before under the same id. */
        @JsonProperty("accepted")
        ACCEPTED,
        /** Another event was published under this id; this one is not taken. */
        @JsonProperty("conflict")
        CONFLICT,
        /** It is no event; it is not taken. */
        @JsonProperty("invalid")
        INVALID,
        /** It is stored but not acknowledged by the log yet; send it again under this id to be sure. */
        @JsonProperty("unconfirmed")
        UNCONFIRMED
    }

    /**
     * What became of one event.
     *
     * @param id the event's id; null where an invalid one had none
     * @param errors what is wrong with an invalid one; null for any other
     */
    @Schema(name = "PublishResult", description = "What became of one event.")
    public record Result(
            @Schema(
                    description = "The event's id, yours or one given to it.",
                    example = "order-4711-placed",
                    nullable = true)
            @Nullable
            String id,

            @Schema(
                    description =
                            "`accepted`: durable, now or before under the same id. `conflict`: the id belongs to another event. "
                                    + "`invalid`: no event. `unconfirmed`: stored, send it again under this id to be sure.",
                    example = "accepted")
            Status status,

            @Schema(description = "What is wrong with an invalid one.", nullable = true)
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            List<FieldError> errors) {

        static Result of(Outcome outcome) {
            return new Result(
                    outcome.id(),
                    switch (outcome.kind()) {
                        case ACCEPTED, DUPLICATE -> Status.ACCEPTED;
                        case CONFLICT -> Status.CONFLICT;
                        case UNCONFIRMED -> Status.UNCONFIRMED;
                    },
                    null);
        }

        static Result of(Submission.Invalid invalid) {
            return new Result(invalid.id(), Status.INVALID, invalid.errors());
        }
    }

    public PublishAnswer {
        results = List.copyOf(results);
    }
}
