package io.sluice.fs.fuse;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.MemoryStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads that wait for the store hold up nobody but themselves. */
@Timeout(60)
class StalledReadIT {
  private static final int STALLED = 40;

  private final MemoryStore objects = new MemoryStore();
  private final HookedStore store = new HookedStore(objects);

  @Test
  void theRestOfTheMountGoesOnWhileFortyReadsStall() throws Exception {
    for (int i = 0; i < STALLED; i++) objects.put("stalled/" + i, "slow");
    objects.put("k", "text");
    var waiting = new CountDownLatch(STALLED);
    var gate = new CountDownLatch(1);
    store.set(
        (version, _) -> {
          if (!version.key().startsWith("stalled/")) return;
          waiting.countDown();
          try {
            assertThat(gate.await(50, SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    try (var mount = TestMount.of(store);
        var readers = Executors.newFixedThreadPool(STALLED)) {
      List<Future<String>> stalled = new ArrayList<>();
      for (int i = 0; i < STALLED; i++) {
        var file = mount.path("stalled/" + i);
        stalled.add(readers.submit(() -> Files.readString(file)));
      }
      try {
        assertThat(waiting.await(30, SECONDS)).isTrue();
        assertThat(Shell.run(mount.path(), "stat -c %s k && ls stalled | wc -l && cat k").output())
            .isEqualTo("4\n40\ntext");
        assertThat(stalled).noneMatch(Future::isDone);
        assertThat(mount.mount().threads()).isBetween(STALLED + 1, Loops.AT_MOST);
      } finally {
        gate.countDown();
      }
      for (var read : stalled) assertThat(read.get(30, SECONDS)).isEqualTo("slow");
    }
  }
}
