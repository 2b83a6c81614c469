package io.sluice.store.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom we trust: the authorities that Java trusts, and those of a PEM file. */
public final class Authorities {
  private Authorities() {}

  /**
   * Java's and those of a file.
   *
   * @throws IllegalArgumentException where the file cannot be read, or holds no certificate
   */
  public static TrustManager[] with(Path pem) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      for (Certificate own : ofJava()) add(all, own);
      for (Certificate given : certificates(pem)) add(all, given);
      return managers(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "the CA bundle %s cannot be used (%s): give a file of certificates in PEM form"
              .formatted(pem, e),
          e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path pem)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) throw new IOException("no certificate in it");
      return found;
    }
  }

  private static List<? extends Certificate> ofJava() throws GeneralSecurityException {
    for (TrustManager manager : managers(null))
      if (manager instanceof X509TrustManager x509) return List.of(x509.getAcceptedIssuers());
    return List.of();
  }

  private static TrustManager[] managers(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  private static void add(KeyStore store, Certificate certificate) throws GeneralSecurityException {
    store.setCertificateEntry("ca-" + store.size(), certificate);
  }
}
