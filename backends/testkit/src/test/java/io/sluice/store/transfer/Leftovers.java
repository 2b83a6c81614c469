package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.AtExit;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import java.time.Duration;
import java.util.List;

/** What no transfer may leave behind, however it ends. */
final class Leftovers {
  private Leftovers() {}

  static void requireNone(MemoryStore store) throws StoreException {
    assertThat(AtExit.JVM.isEmpty()).as("nothing to undo").isTrue();
    assertThat(Thread.interrupted()).as("interrupted").isFalse();
    assertThat(threads()).as("threads").isEmpty();
    assertThat(store.uploads().pending("")).as("uploads").isEmpty();
    assertThat(store.openBodies()).as("open bodies").isZero();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("upload-") || name.startsWith("download-"))
        .filter(name -> isStillThereAfterJoining(name))
        .toList();
  }

  /** A thread is done before it is dead. */
  private static boolean isStillThereAfterJoining(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .anyMatch(thread -> !hasEnded(thread));
  }

  private static boolean hasEnded(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(25));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
