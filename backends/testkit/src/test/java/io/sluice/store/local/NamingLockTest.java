package io.sluice.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock's file is open once at most: closing it a second time would lose the lock. */
@Timeout(60)
final class NamingLockTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() throws Exception {
    file = directory.toRealPath().resolve("lock");
  }

  /** How often this process has the file open. */
  private long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(this::isTheLock).count();
    }
  }

  private boolean isTheLock(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  /** How many locks the kernel has for the file: what other processes see. */
  private long locks() throws IOException {
    String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .filter(line -> line.contains("POSIX") && line.contains(inode))
        .count();
  }

  private static void awaitWaiting(Thread thread) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(System.nanoTime() - end).as("it never waited").isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void whoWaitsDoesNotOpenTheFile() throws Exception {
    var other = new NamingLock(file);
    var failure = new AtomicReference<Throwable>();
    Thread waiting =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    other.alone(() -> "it came free");
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    new NamingLock(file)
        .alone(
            () -> {
              assertThat(descriptors()).isEqualTo(1);
              waiting.start();
              awaitWaiting(waiting);
              assertThat(descriptors()).isEqualTo(1);
              return "done";
            });
    assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    assertThat(failure).hasValue(null);
    assertThat(descriptors()).isZero();
  }

  @Test
  void whoIsInterruptedWhileWaitingDoesNotTakeTheLockAway() throws Exception {
    var other = new NamingLock(file);
    var failure = new AtomicReference<Throwable>();
    Thread waiting =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    other.alone(() -> "it came free");
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    new NamingLock(file)
        .alone(
            () -> {
              Assumptions.assumeTrue(locks() == 1, "this kernel does not show its locks");
              waiting.start();
              awaitWaiting(waiting);
              waiting.interrupt();
              join(waiting);
              assertThat(failure.get()).isInstanceOf(StoreException.Unavailable.class);
              assertThat(locks()).isEqualTo(1);
              return "done";
            });
  }

  private static void join(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatFailsUnderTheLockGivesItBack() throws Exception {
    var lock = new NamingLock(file);
    assertThatThrownBy(
            () ->
                lock.alone(
                    () -> {
                      throw new IOException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(lock.<String>alone(() -> "again")).isEqualTo("again");
    assertThat(descriptors()).isZero();
  }
}
