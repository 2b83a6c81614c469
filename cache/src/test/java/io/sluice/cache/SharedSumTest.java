package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.store.ObjectVersion;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several caches on one data directory take together is what they say that they take. */
@NullMarked
@Timeout(180)
class SharedSumTest extends CacheFixture {
  private static final int SIZE = 64 << 10;
  private static final long EACH = SIZE + ObjectFiles.OVERHEAD;

  @Test
  void whileBothOpenAndEvictReadersGetRightBytesAndTheSumAddsUp() throws Exception {
    space = new Space(3 * EACH, 0);
    blockSize = 4096;
    var versions = new ArrayList<ObjectVersion>();
    for (int i = 0; i < 6; i++) versions.add(bucket.put("k" + i, Bucket.bytes(SIZE + i)));
    long used;
    try (var first = open();
        var second = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var readers = new ArrayList<Future<?>>();
      for (int i = 0; i < 8; i++) {
        BlockCache cache = i % 2 == 0 ? first : second;
        int start = i;
        readers.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 25; n++) {
                    int k = (start + n * (start + 1)) % versions.size();
                    assertThat(readAll(cache, versions.get(k))).isEqualTo(Bucket.bytes(SIZE + k));
                  }
                  return null;
                }));
      }
      for (Future<?> reader : readers) reader.get();
      for (ObjectVersion version : versions) awaitClosed(version);
      used = first.statistics().used();
    }
    space = new Space(PLENTY, 0);
    try (var alone = open()) {
      // Whoever opens one makes room for its overhead first, and may find it taken by others.
      long most = 3 * EACH + 4 * 6 + versions.size() * ObjectFiles.OVERHEAD;
      assertThat(used).isEqualTo(alone.statistics().used()).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void bothCountTogether() throws Exception {
    try (var first = open();
        var second = open()) {
      ObjectVersion a = bucket.put("a", Bucket.bytes(SIZE));
      ObjectVersion b = bucket.put("b", Bucket.bytes(SIZE - 1));
      readAll(first, a);
      readAll(second, b);
      awaitClosed(a);
      awaitClosed(b);
      assertThat(first.statistics().used()).isEqualTo(2 * EACH - 1);
      assertThat(second.statistics().used()).isEqualTo(2 * EACH - 1);
    }
    try (var third = open()) {
      assertThat(third.statistics().used()).as("as counted anew").isEqualTo(2 * EACH - 1);
    }
  }

  @Test
  void whatDoesNotAddUpIsCountedByWhoeverIsAlone() throws Exception {
    try (var first = open()) {
      readAll(first, bucket.put("a", Bucket.bytes(SIZE)));
    }
    UsageFile.find(directory.resolve("v1")).orElseThrow().grew(12345);
    try (var alone = open();
        var second = open()) {
      assertThat(alone.statistics().used()).isEqualTo(EACH);
      assertThat(second.statistics().used()).isEqualTo(EACH);
    }
    Files.write(directory.resolve("v1/usage"), new byte[7]);
    try (var alone = open()) {
      assertThat(alone.statistics().used()).isEqualTo(EACH);
    }
  }
}
