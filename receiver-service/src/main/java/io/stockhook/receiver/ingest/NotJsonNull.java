package io.stockhook.receiver.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Any JSON but {@code null}, which Jackson reads as a node of its own. */
@Documented
@Constraint(validatedBy = NotJsonNull.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface NotJsonNull {

    String message() default "must not be null";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Leaves the absent node to {@code @NotNull}. */
    final class Validator implements ConstraintValidator<NotJsonNull, JsonNode> {

        @Override
        public boolean isValid(@Nullable JsonNode node, ConstraintValidatorContext context) {
            return node == null || !node.isNull();
        }
    }
}
