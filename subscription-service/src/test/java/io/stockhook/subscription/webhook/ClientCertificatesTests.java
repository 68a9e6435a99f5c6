package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificatesTests {

    private static final Duration VALID = Duration.ofDays(1);

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aCertificateAndItsKeyAreTaken(String algorithm) {
        // Given
        KeyPair keys = Pems.keys(algorithm);

        // Then
        assertThat(ClientCertificates.objections(Pems.certificate(keys, VALID), Pems.key(keys)))
                .isEmpty();
    }

    @Test
    void aChainIsTakenWithItsOwnCertificateFirst() {
        // Given
        KeyPair own = Pems.keys("EC");
        KeyPair issuer = Pems.keys("RSA");
        String ownPem = Pems.certificate(own, VALID);
        String issuerPem = Pems.certificate(issuer, VALID);

        // Then
        assertThat(ClientCertificates.objections(ownPem + issuerPem, Pems.key(own)))
                .isEmpty();
        assertThat(ClientCertificates.objections(issuerPem + ownPem, Pems.key(own)))
                .containsOnlyKeys("private_key");
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() {
        // Given
        String certificate = Pems.certificate(Pems.keys("EC"), VALID);

        // Then
        assertThat(ClientCertificates.objections(certificate, Pems.key(Pems.keys("EC"))))
                .containsEntry("private_key", "Is not the key of the certificate.");
        assertThat(ClientCertificates.objections(certificate, Pems.key(Pems.keys("RSA"))))
                .containsOnlyKeys("private_key");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        // Given
        KeyPair keys = Pems.keys("EC");

        // Then
        assertThat(ClientCertificates.objections(Pems.certificate(keys, Duration.ofHours(-1)), Pems.key(keys)))
                .containsOnlyKeys("certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----"
            })
    void whatIsNoPkcs8KeyIsRefused(String key) {
        // Given
        String certificate = Pems.certificate(Pems.keys("EC"), VALID);

        // Then
        assertThat(ClientCertificates.objections(certificate, key)).containsOnlyKeys("private_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
            })
    void whatIsNoCertificateIsRefused(String certificate) {
        assertThat(ClientCertificates.objections(certificate, Pems.key(Pems.keys("EC"))))
                .containsOnlyKeys("certificate");
    }
}
