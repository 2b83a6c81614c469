package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions that are fetched without being read, and looked at without being fetched. */
@NullMarked
@Timeout(180)
class PrefetchTest extends CacheFixture {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static void fetch(BlockCache cache, ObjectVersion version) throws Exception {
    try (Prefetch prefetch = cache.prefetch(version, List.of())) {
      assertThat(prefetch.await(LONG)).isTrue();
      assertThat(prefetch.missing()).isEqualTo(0);
      assertThat(prefetch.bytes()).isEqualTo(version.size());
    }
  }

  @Test
  void allOfAVersionIsKeptAndReadWithoutAskingAgain() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(997));
    try (var cache = open()) {
      fetch(cache, version);
      assertThat(bucket.bytesAskedFor()).isEqualTo(997);
      int asked = bucket.gets().size();
      assertThat(readAll(cache, version)).isEqualTo(Bucket.bytes(997));
      assertThat(bucket.gets()).hasSize(asked);
    }
  }

  @Test
  void whatIsThereAlreadyIsNotFetchedAgain() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(400));
    try (var cache = open()) {
      fetch(cache, version);
    }
    int asked = bucket.gets().size();
    boot = NEXT_BOOT; // it is checked first
    try (var cache = open()) {
      fetch(cache, version);
      assertThat(bucket.gets()).hasSize(asked);
    }
  }

  @Test
  void anEmptyObjectIsThere() throws Exception {
    try (var cache = open()) {
      fetch(cache, bucket.put("k", new byte[0]));
    }
    assertThat(bucket.gets()).isEmpty();
  }

  @Test
  void onlyThePartsThatWereAskedForAreMissing() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    bucket.holdUp();
    try (var cache = open();
        Prefetch prefetch =
            cache.prefetch(version, List.of(new ByteRange(2, 6), new ByteRange(3000, 3010)))) {
      assertThat(prefetch.bytes()).isEqualTo(14);
      assertThat(prefetch.missing()).isEqualTo(14);
      assertThat(prefetch.await(Duration.ZERO)).isFalse();
      bucket.letThrough();
      assertThat(prefetch.await(LONG)).isTrue();
      assertThat(prefetch.missing()).isEqualTo(0);
    }
    assertThat(bucket.bytesAskedFor()).isLessThan(1000);
  }

  @Test
  void whatTheStoreSaysIsSaid() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(40));
    bucket.failWith(new StoreException.Denied("not yours", null));
    try (var cache = open();
        Prefetch prefetch = cache.prefetch(version, List.of())) {
      assertThatThrownBy(() -> prefetch.await(LONG))
          .isInstanceOf(StoreException.Denied.class)
          .hasMessageContaining("not yours");
    }
  }

  @Test
  void whatTheCacheHasNoRoomForIsSaid() throws Exception {
    space = new Space(ObjectFiles.OVERHEAD + 40, 0);
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    try (var cache = open();
        Prefetch prefetch = cache.prefetch(version, List.of())) {
      assertThatThrownBy(() -> prefetch.await(LONG)).isInstanceOf(StoreException.TooLarge.class);
    }
  }

  @Test
  void aCheckTellsWhatIsThereWithoutAsking() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    try (var cache = open()) {
      assertThat(cache.check(version)).isEqualTo(new Completeness(4000, 4000, 0));
      assertThat(Files.exists(objectDirectory("test", version))).isFalse();
      assertThat(bucket.gets()).isEmpty();
      fetch(cache, version);
      int asked = bucket.gets().size();
      assertThat(cache.check(version)).isEqualTo(new Completeness(4000, 0, 0));
      assertThat(bucket.gets()).hasSize(asked);
    }
  }

  @Test
  void aCheckDropsWhatIsDamagedAndTheNextFetchMakesItGood() throws Exception {
    byte[] bytes = Bucket.bytes(400);
    ObjectVersion version = bucket.put("k", bytes);
    try (var cache = open()) {
      fetch(cache, version);
      flipBit(objectDirectory("test", version).resolve(ObjectFiles.DATA), 9);
      assertThat(cache.check(version)).isEqualTo(new Completeness(400, BLOCK, 1));
      assertThat(cache.check(version)).isEqualTo(new Completeness(400, BLOCK, 0));
      assertThat(cache.check(version).isComplete()).isFalse();
      fetch(cache, version);
      assertThat(cache.check(version).isComplete()).isTrue();
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
  }

  private static void flipBit(Path file, long at) throws Exception {
    try (var data = new RandomAccessFile(file.toFile(), "rw")) {
      data.seek(at);
      int was = data.read();
      data.seek(at);
      data.write(was ^ 1);
    }
  }
}
