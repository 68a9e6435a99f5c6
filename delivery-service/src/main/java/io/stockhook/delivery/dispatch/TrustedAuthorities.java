package io.stockhook.delivery.dispatch;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted: the authorities of the JDK and those of a file. */
final class TrustedAuthorities {

    private static final String SETTING = "stockhook.dispatch.ca-bundle";

    private TrustedAuthorities() {}

    /**
     * The authorities of the JDK and those of the file.
     *
     * @throws IllegalArgumentException naming the setting, if the file cannot be read or holds no certificate
     */
    static TrustOptions with(Path bundle) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (X509Certificate known : managerOf(null).getAcceptedIssuers()) {
                all.setCertificateEntry("jdk-" + count++, known);
            }
            for (Certificate added : certificates(bundle)) {
                all.setCertificateEntry("bundle-" + count++, added);
            }
            return TrustOptions.wrap(managerOf(all));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(SETTING + ": cannot read certificates from " + bundle, e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path bundle)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(bundle)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(SETTING + ": no certificate is in " + bundle);
            }
            return found;
        }
    }

    /** @param authorities null for those of the JDK */
    private static X509TrustManager managerOf(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }
}
