package io.stockhook.web.idempotency;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.Problems;
import java.util.regex.Pattern;

/** What an idempotency key looks like. */
public final class KeyRule {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

    private KeyRule() {}

    /** @throws HttpProblem 400 if the header's value is no key */
    public static void require(String key) {
        if (!VISIBLE_ASCII.matcher(key).matches()) {
            throw Problems.badField(Idempotent.HEADER, "Must be 1 to 255 visible ASCII characters.");
        }
    }
}
