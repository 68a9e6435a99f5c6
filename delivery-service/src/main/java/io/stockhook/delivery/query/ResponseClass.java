package io.stockhook.delivery.query;

import io.stockhook.web.problem.Problems;

/** Responses told apart by the first digit of their status. */
enum ResponseClass {
    SUCCESS("2xx", "response_code between 200 and 299"),
    // A response other than 2xx is never a delivery. To say so lets the small index of what was not delivered serve.
    REDIRECT("3xx", "response_code between 300 and 399 and status <> 'delivered'"),
    CLIENT_ERROR("4xx", "response_code between 400 and 499 and status <> 'delivered'"),
    SERVER_ERROR("5xx", "response_code between 500 and 599 and status <> 'delivered'"),
    NONE("none", "response_code is null and status <> 'delivered'");

    private final String wireName;
    private final String condition;

    ResponseClass(String wireName, String condition) {
        this.wireName = wireName;
        this.condition = condition;
    }

    static ResponseClass of(String name) {
        for (ResponseClass value : values()) {
            if (value.wireName.equals(name)) {
                return value;
            }
        }
        throw Problems.badField("response_class", "Must be one of 2xx, 3xx, 4xx, 5xx, none.");
    }

    /** The condition on {@code delivery} in SQL. */
    String condition() {
        return condition;
    }
}
