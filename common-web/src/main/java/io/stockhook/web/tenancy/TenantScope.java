package io.stockhook.web.tenancy;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says whose rows the transactions begun inside may see, where the caller of a request does not say it: in background
 * work, and in the few endpoints that look across tenants.
 *
 * <p>A scope holds on the calling thread only and wins over the caller of the request. It must be opened before the
 * transaction begins; it does not change one that is already running.
 */
public final class TenantScope {

    /** Every tenant's rows. */
    static final String ALL = "*";

    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private TenantScope() {}

    /** Runs the work with sight of every tenant's rows. */
    public static void asSystem(Runnable work) {
        as(ALL, work);
    }

    /** Runs the work with sight of every tenant's rows and returns what it gives. */
    public static <T extends @Nullable Object> T asSystem(Supplier<T> work) {
        return as(ALL, work);
    }

    /** Runs the work with sight of this tenant's rows. */
    public static void as(String tenantId, Runnable work) {
        as(tenantId, () -> {
            work.run();
            return null;
        });
    }

    /** Runs the work with sight of this tenant's rows and returns what it gives. */
    public static <T extends @Nullable Object> T as(String tenantId, Supplier<T> work) {
        String outer = CURRENT.get();
        CURRENT.set(tenantId);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    static Optional<String> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
