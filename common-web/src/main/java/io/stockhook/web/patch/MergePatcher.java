package io.stockhook.web.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.JsonProblems;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@code PATCH} into the {@code PUT} it stands for: what the resource is now, as the request that would make it so, is
 * patched and held to the same rules as any other request.
 */
@ApplicationScoped
public class MergePatcher {

    private final ObjectMapper json;
    private final Validator validator;

    MergePatcher(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The request that the patch makes of the current one.
     *
     * @param patch the body of the {@code PATCH}; null if it was empty
     * @throws HttpProblem 400 if the patch is no JSON object, or the outcome has an unknown field or one of a wrong type
     * @throws ConstraintViolationException if the outcome breaks a constraint
     */
    public <T> T apply(T current, @Nullable JsonNode patch, Class<T> type) {
        if (patch == null || !patch.isObject()) {
            throw Problems.badRequest("The patch must be a JSON object with the fields to change.");
        }
        T patched = read(MergePatch.apply(json.valueToTree(current), patch), type);
        var violations = validator.validate(patched);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return patched;
    }

    private <T> T read(JsonNode patched, Class<T> type) {
        try {
            return json.treeToValue(patched, type);
        } catch (JsonProcessingException e) {
            throw JsonProblems.of(e);
        }
    }
}
