package io.stockhook.events.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointAuthTests {

    private static final String OWNER = EndpointRegistration.secretOwner("wh_1");
    private static final String SECRET = "in-clear-4711";

    private final SecretBox box =
            SecretBox.fromConfig("k1:" + Base64.getEncoder().encodeToString(new byte[32]));

    static Stream<EndpointAuth> everyType() {
        return Stream.of(
                new EndpointAuth.Basic("erp", SECRET),
                new EndpointAuth.Bearer(SECRET),
                new EndpointAuth.ApiKey("X-Api-Key", SECRET),
                new EndpointAuth.OAuth2("https://id.example.com/token", "erp", SECRET, null),
                new EndpointAuth.OAuth2("https://id.example.com/token", "erp", SECRET, "hooks"),
                new EndpointAuth.MutualTls("-----BEGIN CERTIFICATE-----", SECRET));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void opensWhatItSealed(EndpointAuth auth) {
        // When
        EndpointRegistration.Auth sealed = auth.sealed(box, OWNER);

        // Then
        assertThat(sealed.type()).isEqualTo(auth.type());
        assertThat(EndpointAuth.open(sealed, box, OWNER)).isEqualTo(auth);
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void showsNoSecretWhenPrinted(EndpointAuth auth) {
        assertThat(auth.toString()).doesNotContain(SECRET);
    }

    @Test
    void opensForItsOwnEndpointOnly() {
        // Given
        EndpointRegistration.Auth sealed = new EndpointAuth.Bearer(SECRET).sealed(box, OWNER);

        // Then
        assertThatThrownBy(() -> EndpointAuth.open(sealed, box, EndpointRegistration.secretOwner("wh_2")))
                .isInstanceOf(SecretBox.SecretUnreadableException.class);
    }

    @Test
    void refusesATypeOfANewerControlPlane() {
        // Given
        var unknown = new EndpointRegistration.Auth("kerberos", box.encrypt("{}", OWNER));

        // Then
        assertThatThrownBy(() -> EndpointAuth.open(unknown, box, OWNER))
                .isInstanceOf(EndpointAuth.UnusableAuthException.class)
                .hasMessageContaining("kerberos");
    }

    @Test
    void refusesWhatLacksAFieldWithoutQuotingTheRest() {
        // Given
        var incomplete =
                new EndpointRegistration.Auth("basic", box.encrypt("{\"password\":\"" + SECRET + "\"}", OWNER));

        // Then
        assertThatThrownBy(() -> EndpointAuth.open(incomplete, box, OWNER))
                .isInstanceOf(EndpointAuth.UnusableAuthException.class)
                .hasNoCause()
                .hasMessageNotContaining(SECRET);
    }
}
