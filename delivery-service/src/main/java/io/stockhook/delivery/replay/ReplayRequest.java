package io.stockhook.delivery.replay;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How something is to be sent once more.
 *
 * @param newId null for false
 */
@Schema(name = "ReplayRequest", description = "How it is to be sent once more.")
public record ReplayRequest(
        @Schema(
                description = "Whether it is sent with a `webhook-id` of its own, so that a receiver which has seen the"
                        + " first one takes it for new.",
                defaultValue = "false")
        @Nullable
        Boolean newId) {

    /** What the request says, or what it says by being left out. */
    static boolean hasNewId(@Nullable ReplayRequest request) {
        return request != null && Boolean.TRUE.equals(request.newId());
    }
}
