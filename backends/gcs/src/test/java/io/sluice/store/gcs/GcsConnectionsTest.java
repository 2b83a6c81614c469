package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.ScriptedHttpServer;
import io.sluice.store.testkit.ScriptedStore;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections cost: no more of them than are allowed, each used again. */
@Timeout(180)
final class GcsConnectionsTest {
  private static final int REQUESTS = 1000;
  private static final int AT_ONCE = 10;

  @Test
  void aThousandGetsOpenNoMoreConnectionsThanAreUsedAtOnce() throws Exception {
    try (var server = ScriptedHttpServer.start();
        var store = GcsStore.open(settings(server, 2 * AT_ONCE));
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var reads = new ArrayList<Future<String>>();
      for (int i = 0; i < REQUESTS; i++) {
        server.script(GcsAnswers.part(0, 16));
        reads.add(threads.submit(() -> ScriptedStore.read(store, FaultsFixture.VERSION, 0, 16)));
      }
      for (Future<String> read : reads)
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(GcsAnswers.CONTENT);
      assertThat(server.requests()).hasSize(REQUESTS);
      assertThat(server.accepted()).isLessThanOrEqualTo(AT_ONCE);
    }
  }

  @Test
  void moreRequestsThanConnectionsWaitForOne() throws Exception {
    try (var server = ScriptedHttpServer.start();
        var store = GcsStore.open(settings(server, 2));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var heads = new ArrayList<Future<Long>>();
      for (int i = 0; i < 5 * AT_ONCE; i++) {
        server.script(GcsAnswers.object());
        heads.add(threads.submit(() -> store.head(GcsAnswers.KEY).size()));
      }
      for (Future<Long> head : heads) assertThat(head.get(30, TimeUnit.SECONDS)).isEqualTo(16);
      assertThat(server.accepted()).isLessThanOrEqualTo(2);
    }
  }

  private static GcsSettings settings(ScriptedHttpServer server, int connections) {
    return GcsSettings.of(
        "bucket", Optional.of(server.url()), GcsSettings.Access.ANONYMOUS, connections);
  }
}
