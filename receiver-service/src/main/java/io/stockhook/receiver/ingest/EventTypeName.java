package io.stockhook.receiver.ingest;

import io.stockhook.events.EventTypes;
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

/** The text is the name of an event type, as {@link EventTypes#isName} has it. Null passes. */
@Documented
@Constraint(validatedBy = EventTypeName.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface EventTypeName {

    /** The message of a violation. */
    String message() default "must be two or more segments of lower-case letters, digits and underscores between dots";

    /** The validation groups. */
    Class<?>[] groups() default {};

    /** Metadata for clients of Bean Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Asks {@link EventTypes}. */
    final class Validator implements ConstraintValidator<EventTypeName, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || EventTypes.isName(text);
        }
    }
}
