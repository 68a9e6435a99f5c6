package io.stockhook.delivery.dispatch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority of one test, with certificates that it has issued. */
final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final char[] PASSWORD = "test".toCharArray();
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final KeyPair keys = newKeys();
    private final X509Certificate certificate = certify("Test authority", null, keys, this, true, Duration.ofDays(1));

    /** A certificate and its key. */
    record Issued(X509Certificate certificate, PrivateKey key) {

        String certificatePem() {
            try {
                return pem("CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        /** In PKCS #8. */
        String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    /** A certificate for a host, which is a name or an address, valid for as long; expired if that is negative. */
    Issued issue(String host, Duration validFor) {
        KeyPair own = newKeys();
        return new Issued(certify(host, host, own, this, false, validFor), own.getPrivate());
    }

    /** The certificate that the others are verified with, in a file. */
    Path writeTo(Path directory) {
        try {
            return Files.writeString(
                    directory.resolve("ca.pem"), new Issued(certificate, keys.getPrivate()).certificatePem());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a server that has been issued this needs. Clients that present a certificate are verified by this authority. */
    SSLContext serverContext(Issued issued) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("server", issued.key(), PASSWORD, new X509Certificate[] {issued.certificate()});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(own, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certify(
            String name,
            @Nullable String host,
            KeyPair subject,
            TestAuthority issuer,
            boolean isAuthority,
            Duration validFor) {
        Instant end = Instant.now().plus(validFor);
        Instant begin = end.isBefore(Instant.now()) ? end.minus(Duration.ofDays(1)) : Instant.now();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=Test authority"),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(begin.minus(Duration.ofMinutes(5))),
                    Date.from(end),
                    new X500Name("CN=" + name),
                    subject.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (host != null) {
                int kind = host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName;
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, host)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.keys.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + PEM.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
