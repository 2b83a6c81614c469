package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.CacheSettings.Space;
import io.sluice.cache.CacheSettings.Spans;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cache with blocks of 4 bytes, unless a test says otherwise, over a {@link Bucket}. By its clock
 * nothing ever takes any time, so that no pause of the machine is taken for a slow store or disk.
 */
@NullMarked
abstract class CacheFixture {
  static final BootId BOOT = new BootId(new UUID(1, 1));
  static final BootId NEXT_BOOT = new BootId(new UUID(2, 2));
  static final int BLOCK = 4;
  static final long PLENTY = 1 << 30;

  /** Far longer than anything here takes, also on a machine that has no time for us. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  final Bucket bucket = new Bucket();
  Space space = new Space(PLENTY, 0);
  BootId boot = BOOT;
  Duration deadline = PATIENCE;
  LongSupplier clock = () -> 1;
  int blockSize = BLOCK;

  BlockCache open() throws CacheException {
    return open("test");
  }

  BlockCache open(String storeName) throws CacheException {
    return BlockCache.open(settings(), storeName, bucket, clock);
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

  /**
   * Until nobody has it open: the thread of the last request lets go of it a moment after its bytes
   * were read.
   */
  void awaitClosed(ObjectVersion version) throws IOException {
    try (Flock lock = Flock.open(objectDirectory("test", version))) {
      assertThat(lock.exclusive(PATIENCE)).as("closed in time").isTrue();
    } catch (NoSuchFileException e) {
      // Evicted: so it was closed.
    }
  }

  /** Something that becomes true. */
  @FunctionalInterface
  interface Happening {
    boolean hasHappened() throws Exception;
  }

  /** Looks again and again, and takes no processor from what it waits for. */
  static void await(Happening happening) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!happening.hasHappened()) {
        boolean isLate = System.nanoTime() - deadline > 0;
        // A last look: it is this thread, too, that may have been kept waiting.
        if (isLate) assertThat(happening.hasHappened()).as("in time").isTrue();
        if (isLate) return;
        LockSupport.parkNanos(1_000_000);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void noBodyStaysOpen() {
    await(() -> bucket.openBodies() == 0);
  }
}
