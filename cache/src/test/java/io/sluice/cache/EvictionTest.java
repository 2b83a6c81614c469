package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.store.ObjectVersion;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(180)
class EvictionTest extends CacheFixture {
  private static final int SIZE = 64 << 10;
  private static final long EACH = SIZE + ObjectFiles.OVERHEAD;

  private List<ObjectVersion> fill(BlockCache cache, int count) throws Exception {
    var versions = new ArrayList<ObjectVersion>();
    for (int i = 0; i < count; i++) {
      versions.add(bucket.put("k" + i, Bucket.bytes(SIZE)));
      assertThat(readAll(cache, versions.getLast())).isEqualTo(Bucket.bytes(SIZE));
      awaitClosed(versions.getLast());
    }
    return versions;
  }

  private void lastUsed(ObjectVersion version, long second) throws Exception {
    ObjectFiles.touch(objectDirectory("test", version), Instant.ofEpochSecond(second));
  }

  private boolean isCached(ObjectVersion version) {
    return Files.exists(objectDirectory("test", version).resolve("data"));
  }

  @Test
  void theCacheStaysWithinItsBoundAndTheColdestGoFirst() throws Exception {
    space = new Space(3 * EACH, 0);
    try (var cache = open()) {
      List<ObjectVersion> versions = fill(cache, 3);
      for (int i = 0; i < 3; i++) lastUsed(versions.get(i), 1000 + i);
      readAll(cache, versions.get(0)); // now the second is the coldest
      awaitClosed(versions.get(0));
      ObjectVersion more = bucket.put("more", Bucket.bytes(SIZE));
      readAll(cache, more);
      assertThat(cache.statistics().used()).isLessThanOrEqualTo(3 * EACH);
      assertThat(isCached(versions.get(1))).isFalse();
      assertThat(isCached(versions.get(0))).isTrue();
      assertThat(isCached(more)).isTrue();
    }
  }

  @Test
  void theOrderOutlivesARestart() throws Exception {
    List<ObjectVersion> versions;
    try (var cache = open()) {
      versions = fill(cache, 3);
    }
    for (int i = 0; i < 3; i++) lastUsed(versions.get(i), 1000 - i);
    space = new Space(2 * EACH, 0);
    try (var cache = open()) {
      assertThat(isCached(versions.get(2))).isFalse();
      assertThat(isCached(versions.get(0))).isTrue();
      assertThat(cache.statistics().used()).isEqualTo(2 * EACH);
    }
  }

  @Test
  void whatIsOpenIsNotEvicted() throws Exception {
    space = new Space(2 * EACH, 0);
    try (var cache = open()) {
      ObjectVersion first = fill(cache, 1).getFirst();
      try (var _ = cache.open(first)) {
        fill(cache, 5);
        assertThat(isCached(first)).isTrue();
      }
    }
  }

  @Test
  void anObjectLargerThanTheCacheIsReadRightWithinItsBound() throws Exception {
    byte[] bytes = Bucket.bytes(12 << 20);
    ObjectVersion version = bucket.put("large.model", bytes);
    space = new Space(6 << 20, 0);
    blockSize = 4096;
    try (var cache = open();
        var object = cache.open(version)) {
      for (int at = 0; at < bytes.length; at += 64 << 10) {
        assertThat(read(object, at, 64 << 10))
            .isEqualTo(Arrays.copyOfRange(bytes, at, at + (64 << 10)));
        assertThat(cache.statistics().used()).isLessThanOrEqualTo(6 << 20);
      }
      assertThat(read(object, 0, 1000)).isEqualTo(Arrays.copyOf(bytes, 1000));
    }
  }

  @Test
  void withoutAnyRoomBytesAreServedAndNothingIsKept() throws Exception {
    space = new Space(0, 0);
    byte[] bytes = Bucket.bytes(SIZE);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      assertThat(cache.statistics().bypassed()).isGreaterThanOrEqualTo(SIZE);
    }
  }

  @Test
  void whatIsNotKeptIsNotFetchedOverAndOver() throws Exception {
    space = new Space(0, 0);
    blockSize = 4096;
    byte[] bytes = Bucket.bytes(6 << 20);
    ObjectVersion version = bucket.put("weights.model", bytes);
    try (var cache = open();
        var object = cache.open(version)) {
      for (int at = 0; at < bytes.length; at += 64 << 10)
        assertThat(read(object, at, 64 << 10))
            .isEqualTo(Arrays.copyOfRange(bytes, at, at + (64 << 10)));
    }
    assertThat(bucket.bytesAskedFor()).isLessThanOrEqualTo(bytes.length + (bytes.length >> 3));
  }

  @Test
  void theReserveOfTheDiskIsNotTouched() throws Exception {
    space = new Space(PLENTY, Long.MAX_VALUE / 2);
    byte[] bytes = Bucket.bytes(SIZE);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      assertThat(cache.statistics().bypassed()).isGreaterThanOrEqualTo(SIZE);
    }
  }

  @Test
  void aPunchedHoleTakesNoSpaceAndIsNotServed() throws Exception {
    byte[] bytes = Bucket.bytes(1 << 20);
    ObjectVersion version = bucket.put("k", bytes);
    var layout = new BlockLayout(version.size(), 4096);
    Description what = Description.of("test", version);
    Path object = what.name().in(directory);
    var opener = new ObjectFiles.Opener(1, _ -> true, BOOT, () -> {}, () -> {});
    try (var files = ObjectFiles.open(object, what, layout, opener)) {
      var ring = new MemoryRing(1 << 20, 4096);
      var given = new AtomicLong();
      SharedFiles.Room room =
          new SharedFiles.Room() {
            @Override
            public void wrote(long count) {}

            @Override
            public void shrank(long count) {
              given.addAndGet(count);
            }
          };
      var shared = new SharedFiles(files, OtherFetchers.none(files.map()), room, Runnable::run);
      var blocks = Blocks.inFiles(layout, shared, ring, new FileCounters("k", new CacheCounters()));
      for (int block = 0; block < layout.blocks(); block++) {
        blocks.claim(new Span(block, block + 1, Span.Urgency.DEMAND));
        blocks.arrived(block, ByteBuffer.wrap(bytes, block * 4096, 4096), true);
      }
      assertThat(blocks.isComplete()).isTrue();

      assertThat(blocks.giveBack(block -> block < 64, 1 << 20)).isEqualTo(64 * 4096);

      assertThat(given).hasValue(64 * 4096);
      assertThat(blocks.isMissing(63)).isTrue();
      assertThat(blocks.isHere(64)).isTrue();
      assertThat(blocks.copy(0, 4096, ByteBuffer.allocate(4096))).isZero();
      assertThat((long) Files.getAttribute(object.resolve("data"), "unix:size")).isEqualTo(1 << 20);
    }
  }
}
