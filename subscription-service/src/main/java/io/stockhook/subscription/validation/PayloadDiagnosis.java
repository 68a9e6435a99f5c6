package io.stockhook.subscription.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.schema.InvalidSchemaException;
import io.stockhook.events.schema.PayloadSchema;
import io.stockhook.subscription.validation.ValidationView.PayloadAnswer;
import java.util.List;

/** Says what of data does not satisfy a schema. Pure. */
final class PayloadDiagnosis {

    private static final String SCHEMA = "payload.schema";
    private static final String DATA = "payload.data";

    private PayloadDiagnosis() {}

    static PayloadAnswer of(JsonNode schema, JsonNode data) {
        PayloadSchema compiled;
        try {
            compiled = PayloadSchema.compile(JsonText.of(schema));
        } catch (InvalidSchemaException e) {
            return PayloadAnswer.of(List.of(Finding.of(field(SCHEMA, e.place()), "schema_invalid", e.reason())));
        }
        return PayloadAnswer.of(compiled.violations(data).stream()
                .map(violation -> Finding.of(field(DATA, violation.place()), "schema_violated", violation.message()))
                .toList());
    }

    private static String field(String field, String place) {
        return place.isEmpty() ? field : place.startsWith("[") ? field + place : field + '.' + place;
    }
}
