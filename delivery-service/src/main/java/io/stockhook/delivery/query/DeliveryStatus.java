package io.stockhook.delivery.query;

import io.stockhook.web.json.EnumNames;
import io.stockhook.web.problem.Problems;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where a delivery stands. */
public enum DeliveryStatus {
    /** Its first attempt has a time that is not yet there, or somebody asked for it once more. */
    SCHEDULED,
    /** The endpoint has it. */
    DELIVERED,
    /** An attempt failed and another one follows. */
    RETRYING,
    /** It ran out of attempts and is a dead letter. */
    DEAD,
    /** It waits for its endpoint to be enabled or recovered. */
    HELD,
    /** Its endpoint was deleted, or somebody cancelled it. */
    DROPPED,
    /** Its endpoint took it with 202 and is to confirm it. */
    AWAITING_CONFIRMATION;

    /** The status of this name, in lower case as in the API and in the table. */
    static DeliveryStatus of(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.badField(
                        "status",
                        Arrays.stream(values())
                                .map(DeliveryStatus::wireName)
                                .collect(Collectors.joining(", ", "Must be one of ", "."))));
    }

    /** The name in the API and in the table. */
    public String wireName() {
        return EnumNames.of(this);
    }
}
