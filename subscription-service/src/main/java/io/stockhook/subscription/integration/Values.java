package io.stockhook.subscription.integration;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of a provider's fields, its defaults among them, secrets in clear. Immutable; its text form shows none.
 *
 * @param byName the values that there are
 */
record Values(Map<String, String> byName) {

    Values {
        byName = Map.copyOf(byName);
    }

    /** The value; null if there is none. */
    @Nullable
    String find(String name) {
        return byName.get(name);
    }

    /**
     * The value of a field that has one in each configuration that was let pass.
     *
     * @throws IllegalStateException if it has none
     */
    String get(String name) {
        String value = byName.get(name);
        if (value == null) {
            throw new IllegalStateException("the rules have let a configuration pass that lacks " + name);
        }
        return value;
    }

    /** The same with other values for some fields. */
    Values with(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(byName);
        all.putAll(others);
        return new Values(all);
    }

    @Override
    public String toString() {
        return "Values" + byName.keySet();
    }
}
