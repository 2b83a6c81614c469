package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.network.Authorities;
import io.sluice.store.testkit.TlsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate only a PEM file vouches for. */
@Timeout(180)
final class AuthoritiesTest {
  private static final String LISTING =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>"
          + "<IsTruncated>false</IsTruncated></ListBucketResult>";

  @TempDir static Path directory;
  private static Optional<TlsServer> server = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    server = Optional.of(TlsServer.start(directory, "application/xml", LISTING));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TlsServer::close);
  }

  private static Path pem() {
    return server.orElseThrow().authority();
  }

  private static void list(Optional<Path> bundle) throws StoreException {
    URI url = server.orElseThrow().url();
    var patience = new S3Settings.Patience(Duration.ofSeconds(20), Duration.ofSeconds(20));
    var settings =
        new S3Settings(
            "bucket",
            new S3Settings.Endpoint(Optional.of(url), Optional.empty(), true),
            new S3Settings.Access(Optional.empty(), true, false),
            new S3Settings.Transport(1, patience, Optional.empty(), bundle, "sluice"),
            Encryption.OF_BUCKET);
    try (S3Store store = S3Store.open(settings)) {
      assertThat(store.list(ListRequest.directory("")).objects()).isEmpty();
    }
  }

  @Test
  void isTrustedWithTheFile() throws Exception {
    list(Optional.of(pem()));
  }

  @Test
  void isNotTrustedWithoutItAndTheWayOutIsTold() {
    assertThatThrownBy(() -> list(Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("TLS")
        .hasMessageContaining("--ca-bundle");
  }

  @Test
  void javasOwnAuthoritiesStayTrusted() {
    var manager = (X509TrustManager) Authorities.with(pem())[0];
    assertThat(manager.getAcceptedIssuers()).hasSizeGreaterThan(50);
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
    for (Path bundle : List.of(empty, text, directory.resolve("missing.pem")))
      assertThatThrownBy(() -> list(Optional.of(bundle)))
          .isInstanceOf(StoreException.Invalid.class)
          .hasMessageContaining(bundle.toString());
  }
}
