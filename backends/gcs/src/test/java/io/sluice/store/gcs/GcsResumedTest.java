package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import io.sluice.store.testkit.ScriptedHttpServer.Wire;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same faults, got over: what the reader sees is the right bytes. */
final class GcsResumedTest extends FaultsFixture {
  private static final Retry QUICK =
      new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));
  private ResumingStore resuming;

  @BeforeEach
  void resume() {
    resuming = new ResumingStore(store, QUICK, Retry.Waiting.REAL);
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

  @ParameterizedTest
  @EnumSource
  void aBodyThatBreaksGoesOnWhereItBroke(Ending ending) throws Exception {
    server.script(
        wire -> {
          wire.send(GcsAnswers.partHead(0, 16) + "abcde");
          ending.end(wire);
        },
        GcsAnswers.part(5, 16));
    assertThat(read(resuming, 0, 16)).isEqualTo(GcsAnswers.CONTENT);
    assertThat(server.requests().getLast().headers()).containsEntry("Range", "bytes=5-15");
    assertThat(server.requests().getLast().line())
        .contains("ifGenerationMatch=" + GcsAnswers.GENERATION);
    requireGoodStore();
  }

  @Test
  void oneFaultOfEachKindIsNotSeen() throws Exception {
    Answer[] passing = {
      GcsAnswers.error(500, "internalError"),
      GcsAnswers.error(503, "backendError"),
      GcsAnswers.error(403, "rateLimitExceeded"),
      GcsAnswers.error(408, "requestTimeout"),
      wire -> wire.send(429, "", ""),
      wire -> wire.send(GcsAnswers.partHead(0, 16) + "abcdefghijklmnoq"),
      wire -> wire.reset(),
      wire -> wire.hangUp(),
      wire -> wire.stall(),
    };
    for (Answer fault : passing) {
      server.script(fault, GcsAnswers.part(0, 16));
      assertThat(read(resuming, 0, 16)).isEqualTo(GcsAnswers.CONTENT);
    }
    requireGoodStore();
  }

  @Test
  void anObjectReplacedBetweenTwoPartsIsChanged() throws Exception {
    server.script(
        wire -> {
          wire.send(GcsAnswers.partHead(0, 16) + "abcde");
          wire.reset();
        },
        GcsAnswers.error(412, "conditionNotMet"));
    assertThatThrownBy(() -> read(resuming, 0, 16))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("models/k.bin");
    requireGoodStore();
  }

  @Test
  void aServerThatStaysBrokenIsReportedAfterTheLastAttempt() throws Exception {
    for (int i = 0; i < 3; i++) server.script(GcsAnswers.error(500, "internalError"));
    assertThat(failure(() -> read(resuming, 0, 16))).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aServerThatStaysSilentIsReportedInTime() throws Exception {
    for (int i = 0; i < 3; i++) server.script(wire -> wire.stall());
    assertThat(failure(() -> resuming.head("models/k.bin")))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aRefusalIsNotRepeated() throws Exception {
    server.script(GcsAnswers.error(403, "forbidden"));
    assertThat(failure(() -> read(resuming, 0, 16))).isInstanceOf(StoreException.Denied.class);
    assertThat(server.requests()).hasSize(2);
  }
}
