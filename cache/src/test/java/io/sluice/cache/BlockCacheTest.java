package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@Timeout(180)
class BlockCacheTest extends CacheFixture {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 31, 32, 33, 1000})
  void everyByteOfAnObjectIsRead(int size) throws Exception {
    byte[] bytes = Bucket.bytes(size);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
  }

  @Test
  void whatAReaderWaitsForComesInOneRequestWithWhatFollowsIt() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, 0, BLOCK);
      assertThat(bucket.gets()).contains(new ByteRange(0, 8 * BLOCK));
    }
  }

  @Test
  void aReadEndsWithTheObject() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(10));
    try (var cache = open();
        var object = cache.open(version)) {
      assertThat(read(object, 8, 100)).hasSize(2);
      assertThat(read(object, 10, 100)).isEmpty();
      assertThat(read(object, 1000, 100)).isEmpty();
    }
  }

  @Test
  void anEmptyObjectAsksForNothing() throws Exception {
    ObjectVersion version = bucket.put("k", new byte[0]);
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEmpty();
    }
    assertThat(bucket.gets()).isEmpty();
  }

  @Test
  void theSecondReadAsksForNothing() throws Exception {
    byte[] bytes = Bucket.bytes(100);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open()) {
      readAll(cache, version);
      int gets = bucket.gets().size();
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      assertThat(bucket.gets()).hasSize(gets);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(100);
  }

  @Test
  void nothingIsAskedForAgainAfterARestart() throws Exception {
    byte[] bytes = Bucket.bytes(100);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open()) {
      readAll(cache, version);
    }
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(100);
  }

  @Test
  void aReadInTheMiddleFetchesItsBlocksOnly() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4 << 20));
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, (2 << 20) + 1, 5);
    }
    assertThat(bucket.gets()).containsExactly(new ByteRange(2 << 20, (2 << 20) + 8));
  }

  @Test
  void oneByteOfALargeFileCostsOneSmallRequest() throws Exception {
    ObjectVersion version = bucket.put("big.model", Bucket.bytes(4 << 20));
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, 0, 1);
      await(() -> bucket.openBodies() == 0);
    }
    assertThat(bucket.bytesAskedFor()).isLessThanOrEqualTo(64 * BLOCK);
  }

  @Test
  void aReaderThatGoesOnIsReadAheadOf() throws Exception {
    byte[] bytes = Bucket.bytes(4000);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, 0, 8);
      await(() -> bucket.bytesAskedFor() >= 8 + 16 * BLOCK);
      assertThat(read(object, 8, 200)).isEqualTo(Arrays.copyOfRange(bytes, 8, 208));
    }
  }

  @Test
  void aModelThatIsBeingReadIsFetchedWhole() throws Exception {
    byte[] bytes = Bucket.bytes(6 << 20);
    ObjectVersion version = bucket.put("weights.model", bytes);
    blockSize = 4096;
    try (var cache = open();
        var object = cache.open(version)) {
      int enough = (int) ReadAhead.MODEL_SHOWS_AFTER;
      assertThat(read(object, 0, enough)).isEqualTo(Arrays.copyOf(bytes, enough));
      read(object, enough, 1);
      await(() -> cache.statistics().fetched() == bytes.length);
      int gets = bucket.gets().size();
      assertThat(read(object, 0, bytes.length)).isEqualTo(bytes);
      assertThat(bucket.gets()).hasSize(gets);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
  }

  @Test
  void sixtyFourThreadsOnOneObjectFetchEachByteOnce() throws Exception {
    byte[] bytes = Bucket.bytes(64 * 1000);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open();
        var object = cache.open(version);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<byte[]>> readers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int start = i * 1000;
        readers.add(
            () -> {
              byte[] part = new byte[1000];
              for (int at = 0; at < 1000; at += 100)
                System.arraycopy(read(object, start + at, 100), 0, part, at, 100);
              return part;
            });
      }
      List<Future<byte[]>> parts = threads.invokeAll(readers);
      for (int i = 0; i < 64; i++)
        assertThat(parts.get(i).get())
            .isEqualTo(Arrays.copyOfRange(bytes, i * 1000, i * 1000 + 1000));
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
  }

  @Test
  void severalHandlesThatWaitForOneBlockShareOneRequest() throws Exception {
    byte[] bytes = Bucket.bytes(4);
    ObjectVersion version = bucket.put("k", bytes);
    bucket.holdUp();
    try (var cache = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reads = new ArrayList<Future<byte[]>>();
      for (int i = 0; i < 8; i++) reads.add(threads.submit(() -> readAll(cache, version)));
      await(() -> bucket.gets().size() == 1);
      bucket.letThrough();
      for (var read : reads) assertThat(read.get()).isEqualTo(bytes);
    }
    assertThat(bucket.gets()).hasSize(1);
  }

  @Test
  void anotherVersionOfTheSameKeyIsAnotherObject() throws Exception {
    byte[] first = Bucket.bytes(100);
    byte[] second = Bucket.bytes(101);
    try (var cache = open()) {
      ObjectVersion old = bucket.put("k", first);
      assertThat(readAll(cache, old)).isEqualTo(first);
      assertThat(readAll(cache, bucket.put("k", second))).isEqualTo(second);
      assertThat(readAll(cache, old)).isEqualTo(first); // all of it is still here
    }
  }

  @Test
  void anObjectThatChangesWhileItIsReadIsNeverMixed() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4 << 20));
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, 0, 4);
      await(() -> bucket.openBodies() == 0);
      bucket.put("k", Bucket.bytes(4 << 20));
      assertThatThrownBy(() -> read(object, 3 << 20, 4)).isInstanceOf(StoreException.Changed.class);
    }
  }

  @Test
  void aDataDirectoryOfAnotherBucketShowsNothingOfIt() throws Exception {
    byte[] first = Bucket.bytes(100);
    ObjectVersion version = bucket.put("k", first);
    try (var cache = open("one")) {
      readAll(cache, version);
    }
    int gets = bucket.gets().size();
    try (var cache = open("another")) {
      readAll(cache, version);
    }
    assertThat(bucket.gets().size()).isGreaterThan(gets);
  }

  @Test
  void aFailureOfTheStoreReachesTheReaderAndIsOverWhenTheStoreIsBack() throws Exception {
    byte[] bytes = Bucket.bytes(100);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open();
        var object = cache.open(version)) {
      bucket.failWith(new StoreException.Unavailable("down", null));
      assertThatThrownBy(() -> read(object, 0, 100)).isInstanceOf(StoreException.Unavailable.class);
      bucket.recover();
      assertThat(read(object, 0, 100)).isEqualTo(bytes);
    }
  }

  @Test
  void whileTheStoreIsDownNothingIsReadAhead() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    try (var cache = open();
        var object = cache.open(version)) {
      bucket.failWith(new StoreException.Unavailable("down", null));
      for (int i = 0; i < 40; i++)
        assertThatThrownBy(() -> read(object, 0, 4)).isInstanceOf(StoreException.class);
    }
    // One for each read, and those that were on their way when the first one failed.
    assertThat(bucket.gets()).hasSizeLessThanOrEqualTo(40 + 5);
  }

  @Test
  void aReadThatGetsNothingEndsAtItsDeadline() throws Exception {
    deadline = java.time.Duration.ofMillis(50);
    ObjectVersion version = bucket.put("k", Bucket.bytes(4));
    bucket.holdUp();
    try (var cache = open();
        var object = cache.open(version)) {
      assertThatThrownBy(() -> read(object, 0, 4))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("within");
      bucket.letThrough();
    }
  }

  @Test
  void aHeldUpReadHoldsUpNobodyElse() throws Exception {
    ObjectVersion slow = bucket.put("slow", Bucket.bytes(4));
    ObjectVersion cached = bucket.put("cached", Bucket.bytes(100));
    try (var cache = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      readAll(cache, cached);
      bucket.holdUp();
      Future<byte[]> held = threads.submit(() -> readAll(cache, slow));
      await(() -> !bucket.gets().isEmpty());
      assertThat(readAll(cache, cached)).hasSize(100);
      assertThat(held.isDone()).isFalse();
      bucket.letThrough();
      assertThat(held.get()).hasSize(4);
    }
  }
}
