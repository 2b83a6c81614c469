package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A store before a server that misbehaves as scripted. The store has a single connection, so that
 * one which is not given back shows in the next request, and is patient: a machine that pauses for
 * seconds breaks no exchange. Who tests a server that falls silent begins with {@link #beHasty}.
 *
 * @param <S> what kind of store
 */
@Timeout(180)
public abstract class ScriptedStore<S extends ObjectStore> {
  /** Longer than a busy machine pauses. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Short enough to wait for. */
  public static final Duration HASTE = Duration.ofSeconds(1);

  /** A server that is silent stays so for longer than this. */
  private static final Duration IN_TIME = Duration.ofSeconds(30);

  private final Dialect dialect;
  protected ScriptedHttpServer server;
  protected S store;

  protected ScriptedStore(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * For one request at a time.
   *
   * @param connect how long a connection may take, and in sum with the silence and half of it an
   *     answer
   * @param silence how long a connection may be silent
   */
  protected abstract S open(URI url, Duration connect, Duration silence) throws Exception;

  /** After the store was closed. */
  protected void closed() {}

  /** What no message may show. */
  protected void requireDiscreet(StoreException failure) {}

  @BeforeEach
  final void start() throws Exception {
    server = ScriptedHttpServer.start();
    store = open(server.url(), PATIENCE, PATIENCE);
  }

  /** From here on a server may be silent for a second only; what it says may take its time. */
  protected final void beHasty() throws Exception {
    beHasty(PATIENCE, HASTE);
  }

  /** The store is opened anew, with this patience. */
  protected final void beHasty(Duration connect, Duration silence) throws Exception {
    store.close();
    closed();
    store = open(server.url(), connect, silence);
  }

  @AfterEach
  final void stop() {
    store.close();
    closed();
    server.close();
  }

  protected final Dialect dialect() {
    return dialect;
  }

  /** A range of the object, as text. */
  protected final String read(ObjectStore from, int start, int end) throws Exception {
    return read(from, dialect.version(), start, end);
  }

  /** A range of any object, as text. */
  public static String read(ObjectStore from, ObjectVersion version, int start, int end)
      throws Exception {
    try (InputStream body = from.open(version, new ByteRange(start, end))) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  /** Makes a request that fails, in good time, and leaves the store as good as it was. */
  protected final StoreException failure(Attempt attempt) throws Exception {
    long began = System.nanoTime();
    StoreException failure = catchThrowableOfType(StoreException.class, attempt::make);
    assertThat(failure).as("the request fails with a reason of ours").isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
    requireDiscreet(failure);
    requireGoodStore();
    return failure;
  }

  /** The one connection was given back, and what comes over it next is not mistaken. */
  protected final void requireGoodStore() throws Exception {
    assertThat(server.unused()).as("answers nobody asked for").isZero();
    server.script(dialect.part(4, 8));
    assertThat(read(store, 4, 8)).isEqualTo("efgh");
  }

  /** A request, or several. */
  @FunctionalInterface
  protected interface Attempt {
    void make() throws Exception;
  }
}
