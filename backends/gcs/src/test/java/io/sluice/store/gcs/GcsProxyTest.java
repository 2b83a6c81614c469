package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.network.Proxy;
import io.sluice.store.testkit.ScriptedHttpServer;
import io.sluice.store.testkit.ScriptedStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy on the way to Cloud Storage. */
@Timeout(60)
final class GcsProxyTest {
  private static final URI BEHIND = URI.create("http://gcs.invalid:4443");
  private ScriptedHttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedHttpServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GcsStore store(URI url, String login, List<String> except) throws Exception {
    String address = server.url().toString().replace("//", "//" + login);
    return GcsStore.open(
        FaultsFixture.settings(
            url,
            GcsSettings.Access.ANONYMOUS,
            Optional.of(Proxy.of(address, except)),
            Optional.empty()));
  }

  @Test
  void requestsGoThroughIt() throws Exception {
    server.script(GcsAnswers.part(0, 16));
    try (GcsStore store = store(BEHIND, "", List.of())) {
      assertThat(ScriptedStore.read(store, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(GcsAnswers.CONTENT);
    }
    assertThat(server.requests().getFirst().line())
        .startsWith("GET http://gcs.invalid:4443/download/storage/v1/b/bucket/o/");
  }

  @Test
  void itIsShownWhoWeAreWhenItAsks() throws Exception {
    server.script(
        wire -> wire.send(407, "Proxy-Authenticate: Basic realm=\"r\"\r\n", ""),
        GcsAnswers.part(0, 16));
    try (GcsStore store = store(BEHIND, "ada:secret@", List.of())) {
      assertThat(ScriptedStore.read(store, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(GcsAnswers.CONTENT);
    }
    assertThat(server.requests().getLast().headers())
        .containsEntry("Proxy-Authorization", "Basic YWRhOnNlY3JldA==");
  }

  @Test
  void whatIsExceptedDoesNotGoThroughIt() throws Exception {
    server.script(GcsAnswers.object());
    // The same server, which sees that it is not asked as a proxy.
    try (GcsStore store = store(server.url(), "", List.of("127.0.0.1"))) {
      store.head(GcsAnswers.KEY);
    }
    assertThat(server.requests().getFirst().line()).startsWith("GET /storage/v1/b/bucket/o/");
  }
}
