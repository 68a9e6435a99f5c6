package io.stockhook.subscription.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.subscription.tenant.TenantService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyRulesTests {

    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    private static final String TENANT = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f";
    private static final boolean ADMIN = true;
    private static final boolean OWNER = false;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void anOwnerMakesKeysOfItsOwnTenant(Role role) {
        assertThat(ApiKeyRules.tenantOf(request(role, null), OWNER, Optional.of(TENANT)))
                .isEqualTo(TENANT);
    }

    @Test
    void anOwnerMakesNoKeyAboveItsOwnRole() {
        assertThatThrownBy(() -> ApiKeyRules.tenantOf(request(Role.ADMIN, null), OWNER, Optional.of(TENANT)))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(403));
    }

    @Test
    void anOwnerDoesNotNameATenant() {
        assertThatThrownBy(() -> ApiKeyRules.tenantOf(request(Role.VIEWER, TENANT), OWNER, Optional.of(TENANT)))
                .hasMessageContaining("tenant_id");
    }

    @Test
    void theAdminNamesTheTenant() {
        assertThat(ApiKeyRules.tenantOf(request(Role.OWNER, TENANT), ADMIN, Optional.empty()))
                .isEqualTo(TENANT);
        assertThatThrownBy(() -> ApiKeyRules.tenantOf(request(Role.OWNER, null), ADMIN, Optional.empty()))
                .hasMessageContaining("tenant_id");
    }

    @Test
    void anAdminsKeyBelongsToThePlatformAndNoOtherDoes() {
        assertThat(ApiKeyRules.tenantOf(request(Role.ADMIN, null), ADMIN, Optional.empty()))
                .isEqualTo(TenantService.PLATFORM);
        assertThatThrownBy(() -> ApiKeyRules.tenantOf(request(Role.ADMIN, TENANT), ADMIN, Optional.empty()))
                .hasMessageContaining("tenant_id");
        assertThatThrownBy(() ->
                        ApiKeyRules.tenantOf(request(Role.OWNER, TenantService.PLATFORM), ADMIN, Optional.empty()))
                .hasMessageContaining("tenant_id");
    }

    @Test
    void aKeyDoesNotExpireBeforeItIsMade() {
        assertThatThrownBy(() -> ApiKeyRules.check(request(NOW, List.of()), NOW))
                .hasMessageContaining("expires_at");
    }

    @Test
    void addressesAndRangesOfBothFamiliesAreTaken() {
        assertThatCode(() -> ApiKeyRules.check(
                        request(null, List.of("198.51.100.7", "198.51.100.0/24", "2001:db8::/32")), NOW))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "example.com", "198.51.100.0/33", "300.1.1.1"})
    void whatIsNoRangeIsNamedByItsIndex(String cidr) {
        assertThatThrownBy(() -> ApiKeyRules.check(request(null, List.of("198.51.100.7", cidr)), NOW))
                .hasMessageContaining("allowed_cidrs[1]");
    }

    private static ApiKeyRequest request(Role role, @Nullable String tenantId) {
        return new ApiKeyRequest("key", role, null, null, tenantId);
    }

    private static ApiKeyRequest request(@Nullable Instant expiresAt, List<String> cidrs) {
        return new ApiKeyRequest("key", Role.VIEWER, expiresAt, cidrs, null);
    }
}
