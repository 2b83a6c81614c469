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
  private final MemoryStore objects = new MemoryStore();
  private final HookedStore store = new HookedStore(objects);
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Reads of everything below "stalled/" wait for the gate; counts those that do. */
  private CountDownLatch stall(int expected) {
    var waiting = new CountDownLatch(expected);
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
    return waiting;
  }

  private void whileReadsStall(int count, int holdingAThread, MountOptions options, Check check)
      throws Exception {
    for (int i = 0; i < count; i++) objects.put("stalled/" + i, "slow");
    objects.put("k", "text");
    CountDownLatch waiting = stall(holdingAThread);
    try (var mount = TestMount.of(store, options);
        var readers = Executors.newFixedThreadPool(count)) {
      List<Future<String>> stalled = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        var file = mount.path("stalled/" + i);
        stalled.add(readers.submit(() -> Files.readString(file)));
      }
      try {
        assertThat(waiting.await(30, SECONDS)).isTrue();
        check.on(mount);
        assertThat(stalled).noneMatch(Future::isDone);
      } finally {
        gate.countDown();
      }
      for (var read : stalled) assertThat(read.get(30, SECONDS)).isEqualTo("slow");
    }
  }

  private interface Check {
    void on(TestMount mount) throws Exception;
  }

  @Test
  void statListingsAndOtherReadsGoOnWhileFortyReadsStall() throws Exception {
    whileReadsStall(
        40,
        40,
        MountOptions.of("s3://test"),
        mount -> {
          String line = "stat -c %s k && ls stalled | wc -l && cat k";
          assertThat(Shell.run(mount.path(), line).output()).isEqualTo("4\n40\ntext");
          assertThat(mount.mount().threads()).isBetween(41, Loops.AT_MOST);
        });
  }

  @Test
  void statAndListingsGoOnHoweverManyReadsStall() throws Exception {
    // Direct reads: nothing of the kernel's decides how many come at once.
    var options = MountOptions.of("s3://test").withReading(new KernelReading(true, 0));
    int readers = Loops.AT_MOST + 40;
    whileReadsStall(
        readers,
        Loops.AT_MOST - 8,
        options,
        mount -> {
          String line = "stat -c %s k && ls stalled | wc -l";
          assertThat(Shell.run(mount.path(), line).output()).isEqualTo("4\n" + readers + "\n");
          assertThat(mount.mount().threads()).isLessThanOrEqualTo(Loops.AT_MOST);
        });
  }
}
