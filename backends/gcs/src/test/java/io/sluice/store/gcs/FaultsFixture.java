package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.network.Proxy;
import io.sluice.store.testkit.ScriptedHttpServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A store before a server that misbehaves as scripted. The store has a single connection, so that
 * one which is not given back shows in the next request.
 */
@Timeout(60)
abstract class FaultsFixture {
  static final ObjectVersion VERSION =
      new ObjectVersion(GcsAnswers.KEY, GcsAnswers.GENERATION, GcsAnswers.CONTENT.length());

  /** Long enough for a busy machine, short enough to wait for. */
  static final GcsSettings.Patience SHORT =
      new GcsSettings.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));

  ScriptedHttpServer server;
  GcsStore store;

  @BeforeEach
  final void start() throws Exception {
    server = ScriptedHttpServer.start();
    store = GcsStore.open(settings(server.url(), GcsSettings.Access.ANONYMOUS));
  }

  @AfterEach
  final void stop() {
    store.close();
    server.close();
  }

  static GcsSettings settings(URI url, GcsSettings.Access access) {
    return settings(url, access, Optional.empty(), Optional.empty());
  }

  static GcsSettings settings(
      URI url, GcsSettings.Access access, Optional<Proxy> proxy, Optional<Path> caBundle) {
    return new GcsSettings(
        "bucket", Optional.of(url), access, new GcsSettings.Transport(1, SHORT, proxy, caBundle));
  }

  static String read(ObjectStore from, int start, int end) throws Exception {
    try (InputStream body = from.open(VERSION, new ByteRange(start, end))) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  /** Makes a request that fails, in good time, and leaves the store as good as it was. */
  final StoreException failure(Attempt attempt) throws Exception {
    long began = System.nanoTime();
    StoreException failure = catchThrowableOfType(StoreException.class, attempt::make);
    assertThat(failure).as("the request fails with a reason of ours").isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    requireGoodStore();
    return failure;
  }

  /** The one connection was given back, and what comes over it next is not mistaken. */
  final void requireGoodStore() throws Exception {
    assertThat(server.unused()).as("answers nobody asked for").isZero();
    server.script(GcsAnswers.part(4, 8));
    assertThat(read(store, 4, 8)).isEqualTo("efgh");
  }

  interface Attempt {
    void make() throws Exception;
  }
}
