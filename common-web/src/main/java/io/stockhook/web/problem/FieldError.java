package io.stockhook.web.problem;

/**
 * One thing wrong with one field.
 *
 * @param field the field's path as in the JSON or the query, {@code retry_config.delays[2]} for example
 * @param message what is wrong, in words a caller can act on
 */
public record FieldError(String field, String message) {}
