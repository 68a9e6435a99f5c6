package io.stockhook.subscription.apikey;

import io.stockhook.events.address.IpRanges;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which keys may be made, and by whom. */
final class ApiKeyRules {

    private ApiKeyRules() {}

    /**
     * Whose the requested key will be: an owner's own tenant's; for the platform's admin, what the request says.
     *
     * @param callersTenant the tenant the caller acts for; empty for the platform's admin
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 403 if the role is above the caller's; 400 naming {@code tenant_id}
     *     if it is missing, or not the caller's to say
     */
    static String tenantOf(ApiKeyRequest request, boolean isAdmin, Optional<String> callersTenant) {
        if (!isAdmin) {
            if (request.role() == Role.ADMIN) {
                throw Problems.forbidden("A key cannot be given a role above the one that makes it.");
            }
            if (request.tenantId() != null) {
                throw Problems.badField("tenant_id", "Only the platform's admin names the tenant; yours is known.");
            }
            return callersTenant.orElseThrow(
                    () -> Problems.forbidden("An API key belongs to a tenant and the token names none."));
        }
        if (request.role() == Role.ADMIN) {
            if (request.tenantId() != null) {
                throw Problems.badField("tenant_id", "An admin's key belongs to the platform; leave the tenant out.");
            }
            return TenantService.PLATFORM;
        }
        if (request.tenantId() == null) {
            throw Problems.badField("tenant_id", "Say whose key it is.");
        }
        if (request.tenantId().equals(TenantService.PLATFORM)) {
            throw Problems.badField("tenant_id", "The platform's own tenant has admins' keys only.");
        }
        return request.tenantId();
    }

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming each field that is wrong */
    static void check(ApiKeyRequest request, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
            errors.add(new FieldError("expires_at", "Must be in the future."));
        }
        List<String> cidrs = request.allowedCidrs() == null ? List.of() : request.allowedCidrs();
        for (int index = 0; index < cidrs.size(); index++) {
            if (!IpRanges.isRange(cidrs.get(index))) {
                errors.add(new FieldError("allowed_cidrs[%d]".formatted(index), "Must be an address or a CIDR range."));
            }
        }
        if (!errors.isEmpty()) {
            throw Problems.badFields(errors);
        }
    }
}
