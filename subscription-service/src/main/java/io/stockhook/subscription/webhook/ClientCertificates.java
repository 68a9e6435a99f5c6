package io.stockhook.subscription.webhook;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client certificate and its key have to be for a handshake to work with them. Pure, but for the date. */
final class ClientCertificates {

    private static final int MAX_CHAIN = 5;
    private static final int MAX_PEM = 32 * 1024;
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final Pattern KEY =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
    private static final byte[] PROBE = "stockhook".getBytes(StandardCharsets.US_ASCII);

    private ClientCertificates() {}

    /** What is wrong, by the field's name; empty if they fit each other and can be used now. */
    static Map<String, String> objections(String certificatePem, String keyPem) {
        X509Certificate own;
        try {
            List<X509Certificate> chain = chain(certificatePem);
            own = chain.get(0);
        } catch (CertificateException e) {
            return Map.of(
                    "certificate",
                    "Must be 1 to %d X.509 certificates in PEM, the client's own first.".formatted(MAX_CHAIN));
        }
        if (own.getNotAfter().toInstant().isBefore(Instant.now())) {
            return Map.of("certificate", "Has expired at " + own.getNotAfter().toInstant() + ".");
        }
        String algorithm = own.getPublicKey().getAlgorithm();
        if (!ALGORITHMS.contains(algorithm)) {
            return Map.of("certificate", "Must be for an RSA or an EC key.");
        }
        try {
            return fits(key(keyPem, algorithm), own.getPublicKey(), algorithm)
                    ? Map.of()
                    : Map.of("private_key", "Is not the key of the certificate.");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Map.of(
                    "private_key",
                    "Must be the %s key of the certificate in PEM, PKCS #8 (BEGIN PRIVATE KEY), not encrypted."
                            .formatted(algorithm));
        }
    }

    private static List<X509Certificate> chain(String pem) throws CertificateException {
        if (pem.length() > MAX_PEM) {
            throw new CertificateException("too long");
        }
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (found.isEmpty() || found.size() > MAX_CHAIN) {
            throw new CertificateException("%d certificates".formatted(found.size()));
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    private static PrivateKey key(String pem, String algorithm) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(pem);
        if (pem.length() > MAX_PEM || !matcher.matches()) {
            throw new GeneralSecurityException("no PKCS #8 key in PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static boolean fits(PrivateKey key, PublicKey of, String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(of);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
