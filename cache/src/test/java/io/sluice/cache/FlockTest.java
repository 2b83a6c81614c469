package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
@Timeout(180)
class FlockTest {
  @TempDir Path directory;

  @Test
  void manyShareAndOneIsAlone() throws Exception {
    try (var second = Flock.open(directory);
        var third = Flock.open(directory)) {
      try (var first = Flock.open(directory)) {
        assertThat(first.tryShared()).isTrue();
        assertThat(second.tryShared()).isTrue();
        assertThat(third.tryExclusive()).isFalse();
        assertThat(third.exclusive(Duration.ofMillis(1))).isFalse();
      }
      assertThat(second.tryExclusive()).isTrue();
      assertThat(third.shared(Duration.ofMillis(1))).isFalse();
    }
  }

  @Test
  void whoeverHasItAloneIsWaitedForButNotWhoShareIt() throws Exception {
    var waiting =
        new FutureTask<>(
            () -> {
              try (var lock = Flock.open(directory)) {
                return lock.exclusiveUnlessShared(Duration.ofDays(1));
              }
            });
    try (var first = Flock.open(directory)) {
      assertThat(first.tryExclusive()).isTrue();
      Thread thread = Thread.ofPlatform().daemon().start(waiting);
      CacheFixture.await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
    assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
    try (var first = Flock.open(directory);
        var second = Flock.open(directory)) {
      assertThat(first.tryShared()).isTrue();
      assertThat(second.exclusiveUnlessShared(Duration.ofDays(1))).isFalse();
    }
  }

  @Test
  void itIsNotLostWithAnotherDescriptorOfTheSameFile() throws Exception {
    Path file = Files.createFile(directory.resolve("f"));
    try (var lock = Flock.open(file);
        var other = Flock.open(file)) {
      lock.tryExclusive();
      Flock.open(file).close();
      assertThat(Files.readAllBytes(file)).isEmpty();
      assertThat(other.tryShared()).isFalse();
    }
  }

  @Test
  void whatWasRemovedOrReplacedIsNoticed() throws Exception {
    Path file = Files.createFile(directory.resolve("f"));
    try (var lock = Flock.open(file)) {
      assertThat(lock.isStillThere()).isTrue();
      Files.delete(file);
      assertThat(lock.isStillThere()).isFalse();
      Files.createFile(file);
      assertThat(lock.isStillThere()).isFalse();
    }
    Files.delete(file);
    assertThatThrownBy(() -> Flock.open(file)).isInstanceOf(NoSuchFileException.class);
  }
}
