package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.testkit.ScriptedHttpServer;
import io.sluice.store.testkit.ScriptedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are used again, and one that is dead costs one attempt. */
@Timeout(120)
final class S3ConnectionsTest {
  private static final int REQUESTS = 1000;
  private static final int AT_ONCE = 10;
  private static final Retry QUICK =
      new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  /** Of a silence that is waited for; three seconds, since three answers have to be faster. */
  private static final S3Settings.Patience HASTY =
      new S3Settings.Patience(ScriptedStore.PATIENCE, Duration.ofSeconds(3));

  private static S3Settings settings(
      ScriptedHttpServer server, int connections, S3Settings.Patience patience) {
    var endpoint = new S3Settings.Endpoint(Optional.of(server.url()), Optional.empty(), true);
    var access = new S3Settings.Access(Optional.empty(), true, false);
    return new S3Settings("bucket", endpoint, access, connections, patience);
  }

  @Test
  void aThousandGetsOpenNoMoreConnectionsThanAreUsedAtOnce() throws Exception {
    try (var server = ScriptedHttpServer.start();
        var store = S3Store.open(settings(server, 2 * AT_ONCE, FaultsFixture.PATIENT));
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var reads = new ArrayList<Future<String>>();
      for (int i = 0; i < REQUESTS; i++) {
        server.script(S3Answers.part(0, 16));
        reads.add(threads.submit(() -> ScriptedStore.read(store, FaultsFixture.VERSION, 0, 16)));
      }
      for (Future<String> read : reads)
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(S3Answers.CONTENT);
      assertThat(server.requests()).hasSize(REQUESTS);
      assertThat(server.accepted()).isLessThanOrEqualTo(AT_ONCE);
    }
  }

  /** What a load balancer does whose address has moved: nothing comes over the connection again. */
  @Test
  void aPooledConnectionThatIsSilentCostsOneAttempt() throws Exception {
    try (var server = ScriptedHttpServer.start();
        var store = S3Store.open(settings(server, 1, HASTY))) {
      var resuming = new ResumingStore(store, QUICK, Retry.Waiting.REAL);
      server.script(S3Answers.part(0, 16), wire -> wire.stall(), S3Answers.part(0, 16));
      assertThat(ScriptedStore.read(resuming, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(S3Answers.CONTENT);
      assertThat(ScriptedStore.read(resuming, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(S3Answers.CONTENT);
      assertThat(server.requests()).as("one of them in vain").hasSize(3);
      assertThat(server.accepted()).as("the dead one is not used again").isEqualTo(2);
    }
  }

  @Test
  void aPooledConnectionThatTheServerClosedIsNotAFailure() throws Exception {
    try (var server = ScriptedHttpServer.start();
        var store = S3Store.open(settings(server, 1, FaultsFixture.PATIENT))) {
      var resuming = new ResumingStore(store, QUICK, Retry.Waiting.REAL);
      server.script(
          wire -> {
            wire.send(S3Answers.partHead(0, 16) + S3Answers.CONTENT);
            wire.hangUp(); // after an answer that did not say so
          },
          S3Answers.part(0, 16));
      assertThat(ScriptedStore.read(resuming, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(S3Answers.CONTENT);
      assertThat(ScriptedStore.read(resuming, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(S3Answers.CONTENT);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }
}
