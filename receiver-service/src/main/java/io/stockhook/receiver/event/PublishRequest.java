package io.stockhook.receiver.event;

import java.util.List;

/**
 * What a publisher sent.
 *
 * @param isBatch whether it came as a list, be it of one, which decides what the answer looks like
 * @param submissions in the order they came; exactly one if it is no batch
 */
record PublishRequest(boolean isBatch, List<Submission> submissions) {

    PublishRequest {
        submissions = List.copyOf(submissions);
    }
}
