package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class ColdestTest {
  private final AtomicLong now = new AtomicLong();
  @TempDir Path root;

  private Path object(int number, long lastUsed) throws Exception {
    String name = "%040x".formatted(number);
    Path directory = Files.createDirectories(root.resolve(name.substring(0, 2)).resolve(name));
    ObjectFiles.touch(directory, Instant.ofEpochSecond(lastUsed));
    return directory;
  }

  @Test
  void whatWasUsedLongestAgoComesFirst() throws Exception {
    Path second = object(1, 200);
    Path third = object(2, 300);
    Path first = object(3, 100);
    Files.createDirectories(root.resolve("00/notes"));
    var coldest = new Coldest(root, now::get);
    assertThat(coldest.next().orElseThrow().directory()).isEqualTo(first);
    assertThat(coldest.next().orElseThrow().directory()).isEqualTo(second);
    assertThat(coldest.next().orElseThrow().directory()).isEqualTo(third);
  }

  @Test
  void afterAScanThatFoundNothingOfUseTheNextOneWaits() throws Exception {
    object(1, 100);
    var coldest = new Coldest(root, now::get);
    assertThat(coldest.next()).isPresent();
    assertThat(coldest.next()).isEmpty();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(coldest.next()).isPresent();
    assertThat(coldest.next()).isEmpty();
    coldest.isOfUse(); // something was closed
    assertThat(coldest.next()).isPresent();
  }
}
