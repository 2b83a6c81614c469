package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Writing to a server that breaks: done, or the right error, in good time; never a false claim. */
final class S3WritingFaultsTest extends FaultsFixture {
  private static final Payload BODY = Payload.of("the bytes".getBytes(UTF_8));
  private static final S3Settings.Patience HASTY =
      new S3Settings.Patience(HASTE, Duration.ofMillis(300));
  private static final Retry QUICK =
      new Retry(4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  private ObjectStore resuming() {
    return new ResumingStore(store, QUICK, Retry.Waiting.REAL);
  }

  private static Answer written() {
    return wire -> wire.send(200, "ETag: \"t2\"\r\n", "");
  }

  @Test
  void aPutThatBreaksIsMadeAgainFromItsFirstByte() throws Exception {
    server.script(
        wire -> wire.reset(),
        S3Answers.error(500, "InternalError"),
        S3Answers.error(503, "SlowDown"));
    server.script(written());
    resuming().put("k", BODY, PutOptions.ANY);
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.body()).isEqualTo("the bytes"));
  }

  @Test
  void bytesThatArrivedWrongAreSentAgain() throws Exception {
    server.script(
        S3Answers.error(400, "BadDigest"),
        S3Answers.error(400, "XAmzContentSHA256Mismatch"),
        written());
    assertThat(resuming().put("k", BODY, PutOptions.ANY).tag()).isEqualTo("t2");
  }

  @Test
  void aConditionThatDoesNotHoldIsChanged() throws Exception {
    server.script(S3Answers.error(412, "PreconditionFailed"));
    assertThat(failure(() -> store.put("k", BODY, PutOptions.IF_ABSENT)))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("k");
  }

  @Test
  void anObjectThatIsGoneIsChangedForWhoWantsToReplaceIt() throws Exception {
    server.script(S3Answers.error(404, "NoSuchKey"));
    var options = PutOptions.ifStill(new ObjectVersion("k", "t1", 3));
    assertThat(failure(() -> store.put("k", BODY, options)))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void aMissingBucketIsNotFoundAndNotChanged() throws Exception {
    server.script(S3Answers.error(404, "NoSuchBucket"));
    var options = PutOptions.ifStill(new ObjectVersion("k", "t1", 3));
    assertThat(failure(() -> store.put("k", BODY, options)))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket");
  }

  @Test
  void anotherWhoWritesAtTheSameTimeIsAConflict() throws Exception {
    server.script(S3Answers.error(409, "ConditionalRequestConflict"));
    assertThat(failure(() -> store.put("k", BODY, PutOptions.IF_ABSENT)))
        .isInstanceOf(StoreException.Conflict.class);
  }

  @Test
  void whoseAnswerWasLostDoesNotClaimToHaveLostTheRace() throws Exception {
    server.script(wire -> wire.reset(), S3Answers.error(412, "PreconditionFailed"));
    assertThat(failure(() -> resuming().put("k", BODY, PutOptions.IF_ABSENT)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("the answer was lost");
  }

  @Test
  void anEntityThatIsTooLargeIsTooLarge() throws Exception {
    server.script(S3Answers.error(400, "EntityTooLarge"));
    assertThat(failure(() -> store.put("k", BODY, PutOptions.ANY)))
        .isInstanceOf(StoreException.TooLarge.class);
  }

  @Test
  void anAnswerWithoutATagIsNone() throws Exception {
    server.script(wire -> wire.send(200, "", ""));
    assertThat(failure(() -> store.put("k", BODY, PutOptions.ANY)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("ETag");
  }

  @Test
  void aServerThatIsSilentAfterTheBodyIsUnavailableInTime() throws Exception {
    beHasty();
    server.script(wire -> wire.stall());
    assertThat(failure(() -> store.put("k", BODY, PutOptions.ANY)))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  /** A server that takes no bytes: what is written fills the buffers in between, and no more. */
  @Test
  void aServerThatStopsReadingIsUnavailableInTime() throws Exception {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        S3Store stuck =
            S3Store.open(
                settings(URI.create("http://127.0.0.1:" + listener.getLocalPort()), HASTY))) {
      var body = Payload.of(new byte[32 << 20]);
      assertThat(failure(() -> stuck.put("k", body, PutOptions.ANY)))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("k");
    }
  }

  @Test
  void aFileThatShrinksIsNotTheServersFault() throws Exception {
    var opened = new AtomicInteger();
    var shrinking =
        new Payload() {
          @Override
          public long length() {
            return 100_000;
          }

          @Override
          public InputStream open() {
            boolean isForTheChecksum = opened.getAndIncrement() == 0;
            return new ByteArrayInputStream(new byte[isForTheChecksum ? 100_000 : 50_000]);
          }
        };
    server.script(wire -> wire.hangUp()); // it comes so far, or it does not
    StoreException failure =
        catchThrowableOfType(
            StoreException.class, () -> resuming().put("k", shrinking, PutOptions.ANY));
    assertThat(failure)
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("50000 bytes early");
    assertThat(opened).as("not sent again").hasValueLessThanOrEqualTo(3);
  }

  @Test
  void aDeleteOfWhatIsNotThereIsDone() throws Exception {
    server.script(S3Answers.error(404, "NoSuchKey"));
    store.delete("k");
    server.script(S3Answers.error(404, "NoSuchBucket"));
    assertThat(failure(() -> store.delete("k")))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket");
  }
}
