package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key of a service account that nobody has, as the Cloud Console writes it into a file. */
final class ServiceAccount {
  static final String EMAIL = "reader@project.iam.gserviceaccount.com";

  private ServiceAccount() {}

  static KeyPair keys() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /**
   * Writes the file.
   *
   * @param login where tokens are given out
   */
  static Path write(Path file, KeyPair keys, URI login) throws IOException {
    String key =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
            .encodeToString(keys.getPrivate().getEncoded())
            .replace("\n", "\\n");
    return Files.writeString(
        file,
        """
        {"type":"service_account","project_id":"project","client_id":"1","private_key_id":"2",
         "client_email":"%s","token_uri":"%s/token",
         "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
        """
            .formatted(EMAIL, login, key));
  }
}
