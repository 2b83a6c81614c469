package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.CacheSettings.Space;
import io.sluice.cache.CacheSettings.Spans;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A cache with blocks of 4 bytes, unless a test says otherwise, over a {@link Bucket}. */
@NullMarked
abstract class CacheFixture {
  static final BootId BOOT = new BootId(new UUID(1, 1));
  static final BootId NEXT_BOOT = new BootId(new UUID(2, 2));
  static final int BLOCK = 4;
  static final long PLENTY = 1 << 30;

  @TempDir Path directory;
  final Bucket bucket = new Bucket();
  Space space = new Space(PLENTY, 0);
  BootId boot = BOOT;
  Duration deadline = Duration.ofSeconds(20);
  int blockSize = BLOCK;

  BlockCache open() throws CacheException {
    return open("test");
  }

  BlockCache open(String storeName) throws CacheException {
    return BlockCache.open(settings(), storeName, bucket);
  }

  CacheSettings settings() {
    var spans = new Spans(2L * blockSize, 8L * blockSize, 64L * blockSize);
    var models = List.of(KeyPattern.parse("*.model"));
    var fetching =
        new Fetching(
            CacheSettings.Requests.fixed(4), spans, deadline, WholeFiles.USUAL.withModels(models));
    return new CacheSettings(directory, space, blockSize, fetching, boot, "a test");
  }

  static byte[] read(CachedObject object, long offset, int length) throws StoreException {
    ByteBuffer into = ByteBuffer.allocate(length);
    int count = object.read(offset, into);
    assertThat(into.position()).isEqualTo(count);
    return Arrays.copyOf(into.array(), count);
  }

  static byte[] readAll(BlockCache cache, ObjectVersion version) throws StoreException {
    try (CachedObject object = cache.open(version)) {
      return read(object, 0, (int) version.size());
    }
  }

  /** The one directory of the one object that was cached. */
  Path objectDirectory(String storeName, ObjectVersion version) {
    return ObjectName.of(storeName, version).in(directory.resolve("v1"));
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void noBodyStaysOpen() {
    await(() -> bucket.openBodies() == 0);
  }
}
