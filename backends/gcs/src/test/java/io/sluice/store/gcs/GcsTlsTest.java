package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.TlsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of Google's protocol whose certificate only a PEM file vouches for. */
@Timeout(60)
final class GcsTlsTest {
  @TempDir private static Path directory;
  private static Optional<TlsServer> server = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    server =
        Optional.of(
            TlsServer.start(directory, "application/json", "{\"kind\":\"storage#objects\"}"));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TlsServer::close);
  }

  private static void list(Optional<Path> authorities) throws StoreException {
    var settings =
        FaultsFixture.settings(
            server.orElseThrow().url(),
            GcsSettings.Access.ANONYMOUS,
            Optional.empty(),
            authorities);
    try (GcsStore store = GcsStore.open(settings)) {
      assertThat(store.list(ListRequest.directory("")).objects()).isEmpty();
    }
  }

  @Test
  void isTrustedWithTheFile() throws Exception {
    list(Optional.of(server.orElseThrow().authority()));
  }

  @Test
  void isNotTrustedWithoutItAndTheWayOutIsTold() {
    assertThatThrownBy(() -> list(Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("TLS")
        .hasMessageContaining("--ca-bundle");
  }

  @Test
  void aFileThatIsNoneIsRefused() throws Exception {
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
    assertThatThrownBy(() -> list(Optional.of(text)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("gs://bucket")
        .hasMessageContaining("text.pem");
  }
}
