package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Presign;
import io.sluice.store.testkit.ScriptedHttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed URL is what the documentation says, and its signature is ours. */
final class SignedUrlTest {
  @TempDir private Path directory;

  @Test
  void theSignatureIsOfTheRequestAndNothingIsAsked() throws Exception {
    KeyPair keys = ServiceAccount.keys();
    try (var server = ScriptedHttpServer.start()) {
      Path file = ServiceAccount.write(directory.resolve("key.json"), keys, server.url());
      var access = new GcsSettings.Access(false, Optional.of(file), Optional.empty());
      try (var store = GcsStore.open(FaultsFixture.settings(server.url(), access))) {
        URI url =
            store.presign(
                Presign.get("d/k é~*.bin", Duration.ofMinutes(5))
                    .with("response-content-disposition", "attachment; filename=\"a b\""));
        requireSigned(url, keys, "GET", "/bucket/d/k%20%C3%A9~%2A.bin", server.url());
        assertThat(url.getRawQuery())
            .contains("X-Goog-Expires=300")
            .contains("response-content-disposition=attachment%3B%20filename%3D%22a%20b%22");
        URI put = store.presign(Presign.put("k", Duration.ofDays(7)));
        requireSigned(put, keys, "PUT", "/bucket/k", server.url());
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  private static void requireSigned(URI url, KeyPair keys, String method, String path, URI endpoint)
      throws Exception {
    assertThat(url.toString()).startsWith(endpoint + path + "?");
    String query = url.getRawQuery();
    int cut = query.indexOf("&X-Goog-Signature=");
    String signed = query.substring(0, cut);
    String time = signed.replaceAll(".*X-Goog-Date=(\\w+).*", "$1");
    String scope = time.substring(0, 8) + "/auto/storage/goog4_request";
    assertThat(signed)
        .contains("X-Goog-Algorithm=GOOG4-RSA-SHA256")
        .contains("X-Goog-SignedHeaders=host")
        .contains(
            "X-Goog-Credential="
                + (ServiceAccount.EMAIL + "/" + scope).replace("@", "%40").replace("/", "%2F"));
    String canonical =
        "%s\n%s\n%s\nhost:%s\n\nhost\nUNSIGNED-PAYLOAD"
            .formatted(method, path, signed, endpoint.getAuthority());
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8));
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(keys.getPublic());
    check.update(
        "GOOG4-RSA-SHA256\n%s\n%s\n%s"
            .formatted(time, scope, HexFormat.of().formatHex(hash))
            .getBytes(UTF_8));
    assertThat(check.verify(HexFormat.of().parseHex(query.substring(cut + 18)))).isTrue();
  }
}
