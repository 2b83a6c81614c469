package io.sluice.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ByteRange;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import io.sluice.store.testkit.ScriptedHttpServer.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server or a network that breaks while an object is read: the right bytes, or the right error in
 * good time; and what is left of that for who goes on where a request broke.
 *
 * @param <S> what kind of store
 */
public abstract class FaultsContract<S extends ObjectStore> extends ScriptedStore<S> {
  private static final Retry QUICK =
      new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  protected FaultsContract(Dialect dialect) {
    super(dialect);
  }

  /** How a body ends after its fifth byte of sixteen. */
  enum Ending {
    RESET {
      @Override
      void end(Wire wire) throws IOException {
        wire.reset();
      }
    },
    SHORT_BODY {
      @Override
      void end(Wire wire) throws IOException {
        wire.hangUp();
      }
    },
    STALL {
      @Override
      void end(Wire wire) throws IOException {
        wire.stall();
      }
    };

    abstract void end(Wire wire) throws IOException;
  }

  private Answer breaking(Ending ending) {
    return wire -> {
      wire.send(dialect().partHead(0, 16) + "abcde");
      ending.end(wire);
    };
  }

  private ObjectStore resuming() {
    return new ResumingStore(store, QUICK, Retry.Waiting.REAL);
  }

  @Test
  void aResetBeforeTheAnswerIsUnavailable() throws Exception {
    server.script(wire -> wire.reset());
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining(dialect().url());
  }

  @Test
  void aServerThatHangsUpIsUnavailable() throws Exception {
    server.script(wire -> wire.hangUp());
    assertThat(failure(() -> store.head("k"))).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aSilentServerIsUnavailableInTime() throws Exception {
    beHasty();
    server.script(wire -> wire.stall());
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining(Dialect.KEY)
        .hasMessageContaining("no answer in time");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatBreaksIsNoEndOfFile(Ending ending) throws Exception {
    if (ending == Ending.STALL) beHasty();
    server.script(breaking(ending));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining(Dialect.KEY)
        .hasMessageContaining(ending == Ending.STALL ? "no answer in time" : "");
  }

  @Test
  void aBodyLongerThanItsHeadersIsCutAndItsRestIsNotTheNextAnswer() throws Exception {
    server.script(
        wire -> {
          wire.send(dialect().partHead(0, 4) + "abcdefghHTTP/1.1 200 OK\r\n");
          wire.hangUp();
        });
    assertThat(read(store, 0, 4)).isEqualTo("abcd");
  }

  @Test
  void aBodyLeftEarlyIsNotWaitedFor() throws Exception {
    server.script(breaking(Ending.STALL));
    InputStream body = store.open(dialect().version(), new ByteRange(0, 16));
    assertThat(body.read()).isEqualTo('a');
    long began = System.nanoTime();
    body.close();
    assertThat(System.nanoTime() - began).isLessThan(PATIENCE.toNanos());
    requireGoodStore();
  }

  @Test
  void nobodyListeningIsUnavailable() throws Exception {
    try (Socket silent = new Socket()) { // holds the port, so that nobody else listens there
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI nowhere = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      try (S lost = open(nowhere, PATIENCE, PATIENCE)) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> lost.head(Dialect.KEY));
        assertThat(e)
            .isInstanceOf(StoreException.Unavailable.class)
            .hasMessageContaining(dialect().url())
            .hasMessageContaining("refused");
        requireDiscreet(e);
      }
    }
  }

  @Test
  void theWholeObjectIsNoAnswerToARange() throws Exception {
    server.script(dialect().whole());
    assertThat(failure(() -> read(store, 4, 8)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining(Dialect.KEY)
        .hasMessageContaining("not the range 4..8");
  }

  @Test
  void theWholeObjectIsAnAnswerToItsWholeRange() throws Exception {
    server.script(dialect().whole());
    assertThat(read(store, 0, 16)).isEqualTo(Dialect.CONTENT);
  }

  @Test
  void anotherRangeIsNoAnswer() throws Exception {
    server.script(dialect().part(3, 7));
    assertThat(failure(() -> read(store, 4, 8)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("bytes 3-6/16");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatBreaksGoesOnWhereItBroke(Ending ending) throws Exception {
    if (ending == Ending.STALL) beHasty();
    server.script(breaking(ending), dialect().part(5, 16));
    assertThat(read(resuming(), 0, 16)).isEqualTo(Dialect.CONTENT);
    var last = server.requests().getLast();
    assertThat(last.headers()).containsEntry("Range", "bytes=5-15");
    assertThat(last).matches(dialect()::isConditional);
    requireGoodStore();
  }

  @Test
  void oneFaultOfEachKindIsNotSeen() throws Exception {
    List<Answer> faults = new ArrayList<>(dialect().passing());
    faults.add(wire -> wire.reset());
    faults.add(wire -> wire.hangUp());
    for (Answer fault : faults) requireUnseen(fault);
    beHasty();
    requireUnseen(wire -> wire.stall());
    requireGoodStore();
  }

  private void requireUnseen(Answer fault) throws Exception {
    server.script(fault, dialect().part(0, 16));
    assertThat(read(resuming(), 0, 16)).isEqualTo(Dialect.CONTENT);
  }

  @Test
  void anObjectReplacedBetweenTwoPartsIsChanged() throws Exception {
    server.script(breaking(Ending.RESET), dialect().replaced());
    assertThatThrownBy(() -> read(resuming(), 0, 16))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining(Dialect.KEY);
    requireGoodStore();
  }

  @Test
  void aServerThatStaysBrokenIsReportedAfterTheLastAttempt() throws Exception {
    for (int i = 0; i < 3; i++) server.script(dialect().broken());
    assertThat(failure(() -> read(resuming(), 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aServerThatStaysSilentIsReportedInTime() throws Exception {
    beHasty();
    for (int i = 0; i < 3; i++) server.script(wire -> wire.stall());
    assertThat(failure(() -> resuming().head(Dialect.KEY)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aRefusalIsNotRepeated() throws Exception {
    server.script(dialect().refusal());
    assertThat(failure(() -> read(resuming(), 0, 16))).isInstanceOf(StoreException.Denied.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void whoFindsNoConnectionFreeDoesNotWaitForEver() throws Exception {
    beHasty();
    server.script(breaking(Ending.STALL));
    try (InputStream _ = store.open(dialect().version(), new ByteRange(0, 16))) {
      assertThat(catchThrowableOfType(StoreException.class, () -> store.head("models/other.bin")))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("models/other.bin")
          .hasMessageContaining("no connection was free in time");
    }
    requireGoodStore();
  }

  @Test
  void anInterruptEndsARequest() throws Exception {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.class);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
    requireGoodStore();
  }

  @Test
  void theEmptyKeyIsAReasonOfOurs() {
    assertThatThrownBy(() -> store.head("")).isInstanceOf(StoreException.class);
    var version = new ObjectVersion("", dialect().version().tag(), 4);
    assertThatThrownBy(() -> store.open(version, version.all())).isInstanceOf(StoreException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aClosedStoreFailsWithAReasonOfOurs() {
    store.close();
    assertThatThrownBy(() -> store.head("k"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("://bucket/k");
    assertThatThrownBy(() -> read(store, 0, 4)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.list(ListRequest.everything("")))
        .isInstanceOf(StoreException.class);
  }
}
