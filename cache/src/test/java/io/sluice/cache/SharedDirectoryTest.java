package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

/** Several caches on one data directory: to each other they are what other processes are. */
@NullMarked
@Timeout(180)
class SharedDirectoryTest extends CacheFixture {
  private static final int SIZE = 64 << 10;
  private static final long EACH = SIZE + ObjectFiles.OVERHEAD;

  private final byte[] bytes = Bucket.bytes(4000);
  private final ObjectVersion version = bucket.put("k", bytes);

  private boolean isCached(ObjectVersion cached) {
    return Files.exists(objectDirectory("test", cached).resolve("data"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatOneHasFetchedTheOtherServes(boolean firstFetches) throws Exception {
    try (var first = open();
        var second = open()) {
      assertThat(readAll(firstFetches ? first : second, version)).isEqualTo(bytes);
      assertThat(readAll(firstFetches ? second : first, version)).isEqualTo(bytes);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoComesSecondWaitsForWhatTheOtherFetches(boolean firstFetches) throws Exception {
    ObjectVersion small = bucket.put("small", Bucket.bytes(BLOCK));
    bucket.holdUp();
    try (var first = open();
        var second = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> fetching = threads.submit(() -> readAll(firstFetches ? first : second, small));
      await(() -> bucket.gets().size() == 1);
      Future<byte[]> waiting = threads.submit(() -> readAll(firstFetches ? second : first, small));
      bucket.letThrough();
      assertThat(waiting.get()).isEqualTo(Bucket.bytes(BLOCK));
      assertThat(fetching.get()).isEqualTo(Bucket.bytes(BLOCK));
    }
    assertThat(bucket.gets()).hasSize(1);
  }

  @Test
  void readersOfBothAtOnceFetchEachByteOnce() throws Exception {
    byte[] many = Bucket.bytes(64 * 1000);
    ObjectVersion large = bucket.put("large", many);
    try (var first = open();
        var second = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var readers = new ArrayList<Callable<byte[]>>();
      for (int i = 0; i < 16; i++) {
        BlockCache cache = i % 2 == 0 ? first : second;
        int start = i * 4000;
        readers.add(
            () -> {
              byte[] got = new byte[many.length];
              try (var object = cache.open(large)) {
                for (int n = 0; n < many.length; n += 500) {
                  int at = (start + n) % many.length;
                  System.arraycopy(read(object, at, 500), 0, got, at, 500);
                }
              }
              return got;
            });
      }
      for (Future<byte[]> reader : threads.invokeAll(readers))
        assertThat(reader.get()).isEqualTo(many);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(many.length);
  }

  @Test
  void aFetchThatFailsInOneIsTriedInTheOther() throws Exception {
    ObjectVersion small = bucket.put("small", Bucket.bytes(BLOCK));
    bucket.holdUp();
    try (var first = open();
        var second = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> failing = threads.submit(() -> readAll(first, small));
      await(() -> !bucket.gets().isEmpty());
      Future<byte[]> waiting = threads.submit(() -> readAll(second, small));
      bucket.failOnce(new StoreException.Unavailable("down", null));
      bucket.letThrough();
      assertThatThrownBy(failing::get).hasRootCauseMessage("down");
      assertThat(waiting.get()).isEqualTo(Bucket.bytes(BLOCK));
    }
  }

  @Test
  void whatAProcessWasFetchingThatIsKilledIsTakenOver() throws Exception {
    Process process = StalledProcess.start(directory, version);
    try (var cache = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(process.inputReader().readLine()).startsWith("fetching");
      assertThat(new Owners(directory.resolve("v1")).alive()).hasSize(2);
      Future<byte[]> reading = threads.submit(() -> readAll(cache, version));
      process.destroyForcibly().waitFor();
      assertThat(reading.get()).isEqualTo(bytes);
      assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
      long whole = bytes.length + ObjectFiles.OVERHEAD;
      await(
          () -> {
            // Its reservation is free again: counted while we read, and else now.
            Collected _ = CacheDirectory.open(directory, BOOT).gc();
            return cache.statistics().used() == whole;
          });
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatADeadOneHadClaimedIsFetchedByWhoComesNext() throws Exception {
    var layout = new BlockLayout(version.size(), BLOCK);
    try (var cache = open()) {
      cache.open(version).close();
      try (var dead =
          BlockMap.open(objectDirectory("test", version).resolve("blocks"), layout, 99)) {
        dead.claim(3);
        dead.claim(500);
      }
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
  }

  @Test
  void whatADeadOneHadClaimedIsFetchedWhereNobodyReads() throws Exception {
    var layout = new BlockLayout(version.size(), BLOCK);
    try (var cache = open();
        var _ = cache.open(version)) {
      try (var dead =
          BlockMap.open(objectDirectory("test", version).resolve("blocks"), layout, 99)) {
        dead.claim(3);
        dead.claim(500);
      }
      try (Prefetch prefetch = cache.prefetch(version, List.of())) {
        assertThat(prefetch.await(PATIENCE)).isTrue();
      }
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
  }

  @Test
  void whatTheOtherHasOpenIsNotEvicted() throws Exception {
    space = new Space(2 * EACH, 0);
    ObjectVersion held = bucket.put("held", Bucket.bytes(SIZE));
    try (var first = open();
        var second = open();
        var object = first.open(held)) {
      read(object, 0, SIZE);
      for (int i = 0; i < 4; i++) readAll(second, bucket.put("k" + i, Bucket.bytes(SIZE)));
      assertThat(isCached(held)).isTrue();
      int gets = bucket.gets().size();
      assertThat(read(object, 0, SIZE)).isEqualTo(Bucket.bytes(SIZE));
      assertThat(bucket.gets()).hasSize(gets);
    }
  }

  @Test
  void whatTheOtherHasClosedIsEvicted() throws Exception {
    space = new Space(2 * EACH, 0);
    try (var first = open();
        var second = open()) {
      ObjectVersion cold = bucket.put("cold", Bucket.bytes(SIZE));
      readAll(first, cold);
      awaitClosed(cold);
      ObjectFiles.touch(objectDirectory("test", cold), Instant.ofEpochSecond(1000));
      for (int i = 0; i < 2; i++) readAll(second, bucket.put("k" + i, Bucket.bytes(SIZE)));
      assertThat(isCached(cold)).isFalse();
      assertThat(readAll(first, cold)).isEqualTo(Bucket.bytes(SIZE));
    }
  }

  @Test
  void holesArePunchedOnlyWhereNobodyElseReads() throws Exception {
    space = new Space(EACH + 8 * BLOCK, 0);
    byte[] large = Bucket.bytes(2 * SIZE);
    ObjectVersion shared = bucket.put("shared", large);
    try (var first = open();
        var object = first.open(shared);
        var second = open();
        var other = second.open(shared)) {
      assertThat(read(object, 0, SIZE)).isEqualTo(Arrays.copyOf(large, SIZE));
      assertThat(read(object, SIZE, SIZE)).isEqualTo(Arrays.copyOfRange(large, SIZE, 2 * SIZE));
      int gets = bucket.gets().size();
      read(other, 0, 1000); // what came first has stayed
      assertThat(bucket.gets()).hasSize(gets);
    }
  }

  @Test
  void whatIsDamagedIsNotDiscardedUnderWhoHasItOpen() throws Exception {
    Path description = objectDirectory("test", version).resolve(ObjectFiles.DESCRIPTION);
    try (var first = open();
        var second = open();
        var object = first.open(version)) {
      read(object, 0, bytes.length);
      Files.writeString(description, "{");
      assertThat(readAll(second, version)).as("from memory").isEqualTo(bytes);
      bucket.gets().clear();
      assertThat(read(object, 0, bytes.length)).isEqualTo(bytes);
      assertThat(bucket.gets()).isEmpty();
    }
    try (var third = open()) {
      assertThat(readAll(third, version)).isEqualTo(bytes);
    }
    assertThat(Files.readString(description)).contains("\"key\":\"k\"");
  }

  @Test
  void aDirectoryOfANewerFormatIsRefused() throws Exception {
    Files.createDirectories(directory.resolve("v2"));
    Files.createDirectories(directory.resolve("vendor"));
    assertThatThrownBy(this::open)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("newer Sluice")
        .hasFieldOrPropertyWithValue("kind", CacheException.Kind.NEWER);
  }

  @Test
  void whoIsThereIsWrittenDownForPeopleAndRemoved() throws Exception {
    Path owners = directory.resolve("v1/owners");
    try (var _ = open();
        var _ = open()) {
      assertThat(new Owners(directory.resolve("v1")).alive())
          .hasSize(2)
          .allMatch(owner -> owner.label().equals("a test"))
          .allMatch(owner -> owner.pid() == ProcessHandle.current().pid());
    }
    assertThat(owners).isEmptyDirectory();
  }
}
