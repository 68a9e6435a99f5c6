package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the data of an example of an event type. */
interface SamplePayloads {

    /** An object, of any type that there may be. */
    JsonNode of(String tenantId, String event);
}
