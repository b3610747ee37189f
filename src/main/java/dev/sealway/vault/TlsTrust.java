package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed: those of a file's authorities instead of the JVM's. */
final class TlsTrust {

    private TlsTrust() {}

    /** TLS 1.2 and 1.3, nothing older; the client adds the check of the host's name. */
    static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return parameters;
    }

    /** @param file PEM, with any number of certificates: all of them are believed */
    static SSLContext only(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new CertificateException("none");
            }
            return context(certificates);
        } catch (IOException | InvalidPathException e) {
            throw SealwayException.failed(
                    "file %s with the certificate authority of Vault cannot be read; check the path and its permissions"
                            .formatted(file));
        } catch (GeneralSecurityException e) {
            throw SealwayException.wrongUsage(
                    "file %s holds no certificates that can be used; give the authority's certificates as PEM"
                            .formatted(file));
        }
    }

    private static SSLContext context(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-%d".formatted(number++), certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
