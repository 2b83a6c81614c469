package io.sluice.store.s3;

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
final class S3ResumedTest extends FaultsFixture {
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
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          ending.end(wire);
        },
        S3Answers.part(5, 16));
    assertThat(read(resuming, 0, 16)).isEqualTo(S3Answers.CONTENT);
    assertThat(server.requests().getLast().headers())
        .containsEntry("Range", "bytes=5-15")
        .containsEntry("If-Match", "\"t1\"");
    requireGoodStore();
  }

  @Test
  void oneFaultOfEachKindIsNotSeen() throws Exception {
    Answer[] passing = {
      S3Answers.error(500, "InternalError"),
      S3Answers.error(503, "SlowDown"),
      S3Answers.error(503, "ServiceUnavailable"),
      S3Answers.error(400, "RequestTimeout"),
      S3Answers.bare(429, ""),
      wire -> wire.reset(),
      wire -> wire.hangUp(),
      wire -> wire.stall(),
    };
    for (Answer fault : passing) {
      server.script(fault, S3Answers.part(0, 16));
      assertThat(read(resuming, 0, 16)).isEqualTo(S3Answers.CONTENT);
    }
    requireGoodStore();
  }

  @Test
  void anObjectReplacedBetweenTwoPartsIsChanged() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.reset();
        },
        S3Answers.error(412, "PreconditionFailed"));
    assertThatThrownBy(() -> read(resuming, 0, 16))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("models/k.bin");
    requireGoodStore();
  }

  @Test
  void aServerThatStaysBrokenIsReportedAfterTheLastAttempt() throws Exception {
    for (int i = 0; i < 3; i++) server.script(S3Answers.error(500, "InternalError"));
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
    server.script(S3Answers.error(403, "AccessDenied"));
    assertThat(failure(() -> read(resuming, 0, 16))).isInstanceOf(StoreException.Denied.class);
    assertThat(server.requests()).hasSize(2);
  }
}
