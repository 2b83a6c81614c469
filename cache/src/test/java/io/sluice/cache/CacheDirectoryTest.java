package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.store.ObjectVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@Timeout(180)
class CacheDirectoryTest extends CacheFixture {
  private static final int SIZE = 1000;

  private final byte[] bytes = Bucket.bytes(SIZE);

  private CacheDirectory administered() throws CacheException {
    return CacheDirectory.open(directory, BOOT);
  }

  private ObjectVersion cached(BlockCache cache, String key) throws Exception {
    ObjectVersion version = bucket.put(key, bytes);
    assertThat(readAll(cache, version)).isEqualTo(bytes);
    awaitClosed(version);
    return version;
  }

  private static Predicate<CachedVersion> key(String key) {
    return version -> version.key().equals(key);
  }

  private static boolean all(CachedVersion version) {
    return !version.id().isEmpty();
  }

  private static List<String> keys(List<CachedVersion> versions) {
    return versions.stream().map(CachedVersion::key).toList();
  }

  private void flipABit(ObjectVersion version, String file, int at) throws Exception {
    Path path = objectDirectory("test", version).resolve(file);
    byte[] content = Files.readAllBytes(path);
    content[at] ^= 4;
    Files.write(path, content);
  }

  @Test
  void whereThereIsNoCacheThatIsSaid() {
    assertThatThrownBy(() -> CacheDirectory.open(directory.resolve("none")))
        .hasMessageContaining("there is no cache in")
        .hasFieldOrPropertyWithValue("kind", CacheException.Kind.MISSING);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aNewerFormatIsLeftAlone() throws Exception {
    Files.createDirectories(directory.resolve("v3"));
    assertThatThrownBy(this::administered)
        .hasFieldOrPropertyWithValue("kind", CacheException.Kind.NEWER);
  }

  @Test
  void whatIsCachedIsListedBesideItsMount() throws Exception {
    try (var cache = open()) {
      ObjectVersion part = bucket.put("part", bytes);
      cached(cache, "b");
      ObjectVersion whole = cached(cache, "a");
      try (var object = cache.open(part)) {
        read(object, 0, 1);
        List<CachedVersion> listed = administered().list();
        assertThat(keys(listed)).containsExactly("a", "b", "part");
        assertThat(listed.getFirst().isComplete()).isTrue();
        assertThat(listed.getFirst().tag()).isEqualTo(whole.tag());
        assertThat(listed.getFirst().store()).isEqualTo("test");
        assertThat(listed.getFirst().isInUse()).isFalse();
        assertThat(listed.getFirst().lastUsed()).isAfter(Instant.EPOCH);
        assertThat(listed.getLast().isInUse()).isTrue();
        assertThat(listed.getLast().held()).isBetween((long) BLOCK, SIZE - 1L);
        assertThat(listed).noneMatch(CachedVersion::isDamaged).noneMatch(CachedVersion::isPinned);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"object.json", "blocks", "data"})
  void aDamagedObjectIsListedAndDiscardedAlone(String file) throws Exception {
    try (var cache = open()) {
      ObjectVersion damaged = cached(cache, "damaged");
      ObjectVersion sound = cached(cache, "sound");
      Files.write(objectDirectory("test", damaged).resolve(file), new byte[3]);
      assertThat(administered().list())
          .extracting(CachedVersion::isDamaged)
          .containsExactly(true, false);
      bucket.gets().clear();
      assertThat(readAll(cache, sound)).isEqualTo(bytes);
      assertThat(bucket.gets()).isEmpty();
      assertThat(readAll(cache, damaged)).isEqualTo(bytes);
      assertThat(bucket.bytesAskedFor()).isEqualTo(SIZE);
      assertThat(administered().list()).noneMatch(CachedVersion::isDamaged);
    }
  }

  @Test
  void usageSaysWhoIsThereAndHowMuchItMayTake() throws Exception {
    space = new Space(PLENTY, 77);
    try (var cache = open()) {
      cached(cache, "a");
      Usage usage = administered().usage();
      assertThat(usage.used()).isEqualTo(SIZE + ObjectFiles.OVERHEAD);
      assertThat(usage.space()).contains(space);
      assertThat(usage.objects()).isEqualTo(1);
      assertThat(usage.free()).isPositive();
      assertThat(usage.owners()).extracting(OwnerInfo::label).containsExactly("a test");
    }
    assertThat(administered().usage().owners()).isEmpty();
  }

  @Test
  void aFlippedBitIsFoundAndFetchedAgain() throws Exception {
    try (var cache = open()) {
      ObjectVersion sound = cached(cache, "sound");
      ObjectVersion damaged = cached(cache, "damaged");
      flipABit(damaged, "data", 501);
      var progress = new AtomicLong();

      Verification check =
          administered()
              .verify(CacheDirectoryTest::all, false, (_, count) -> progress.addAndGet(count));
      assertThat(check.objects()).isEqualTo(2);
      assertThat(check.blocks()).isEqualTo(2 * SIZE / BLOCK);
      assertThat(check.bytes()).isEqualTo(2 * SIZE);
      assertThat(progress).hasValue(2 * SIZE);
      assertThat(check.damages()).hasSize(1);
      assertThat(check.damages().getFirst().version().key()).isEqualTo("damaged");
      assertThat(check.damages().getFirst().blocks()).isEqualTo(1);
      assertThat(administered().verify(CacheDirectoryTest::all, true, (_, _) -> {}).damages())
          .hasSize(1);
      assertThat(administered().verify(CacheDirectoryTest::all, true, (_, _) -> {}).damages())
          .isEmpty();

      bucket.gets().clear();
      assertThat(readAll(cache, damaged)).isEqualTo(bytes);
      assertThat(readAll(cache, sound)).isEqualTo(bytes);
      assertThat(bucket.bytesAskedFor()).isEqualTo(BLOCK);
      awaitClosed(damaged);
      assertThat(cache.statistics().used()).isEqualTo(2 * (SIZE + ObjectFiles.OVERHEAD));
    }
  }

  @Test
  void aReaderNoticesThatABlockWasForgotten() throws Exception {
    try (var cache = open()) {
      ObjectVersion version = cached(cache, "k");
      try (var object = cache.open(version)) {
        read(object, 0, SIZE);
        flipABit(version, "data", 501);
        administered().verify(CacheDirectoryTest::all, true, (_, _) -> {});
        assertThat(read(object, 0, SIZE)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void whatIsVerifiedAfterARebootIsNotVerifiedAgain() throws Exception {
    ObjectVersion version;
    try (var cache = open()) {
      version = cached(cache, "k");
    }
    boot = NEXT_BOOT;
    CacheDirectory.open(directory, NEXT_BOOT).verify(CacheDirectoryTest::all, true, (_, _) -> {});
    Path blocks = objectDirectory("test", version).resolve("blocks");
    try (var map = BlockMap.openToLook(blocks, new BlockLayout(SIZE, BLOCK))) {
      assertThat(map.state(0)).isEqualTo(BlockMap.PRESENT);
    }
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(SIZE);
  }

  @Test
  void whatIsOpenOrPinnedIsNotEvicted() throws Exception {
    try (var cache = open()) {
      cached(cache, "cold");
      cached(cache, "pinned");
      ObjectVersion used = cached(cache, "used");
      assertThat(keys(administered().pin(key("pinned")))).containsExactly("pinned");
      try (var object = cache.open(used)) {
        Evicted evicted = administered().evict(CacheDirectoryTest::all);
        assertThat(keys(evicted.gone())).containsExactly("cold");
        assertThat(keys(evicted.pinned())).containsExactly("pinned");
        assertThat(keys(evicted.inUse())).containsExactly("used");
        assertThat(evicted.bytes()).isEqualTo(SIZE);
        assertThat(read(object, 0, SIZE)).isEqualTo(bytes);
      }
      assertThat(cache.statistics().used()).isEqualTo(2 * (SIZE + ObjectFiles.OVERHEAD));
      assertThat(keys(administered().list())).containsExactly("pinned", "used");
    }
  }

  @Test
  void whatIsPinnedStaysHoweverColdItIs() throws Exception {
    space = new Space(3 * (SIZE + ObjectFiles.OVERHEAD), 0);
    try (var cache = open()) {
      cached(cache, "pinned");
      administered().pin(CacheDirectoryTest::all);
      for (int i = 0; i < 5; i++) cached(cache, "k" + i);
      assertThat(keys(administered().list())).contains("pinned").hasSizeLessThan(4);
      assertThat(keys(administered().unpin(CacheDirectoryTest::all))).containsExactly("pinned");
      for (int i = 5; i < 9; i++) cached(cache, "k" + i);
      assertThat(keys(administered().list())).doesNotContain("pinned");
    }
  }

  @Test
  void moreThanTheCacheMayTakeIsNotPinned() throws Exception {
    space = new Space(PLENTY, 0);
    try (var cache = open()) {
      cached(cache, "a");
      cached(cache, "b");
    }
    space = new Space(2 * (SIZE + ObjectFiles.OVERHEAD) - 1, 0);
    UsageFile.find(directory.resolve("v1")).orElseThrow().setSpace(space);
    administered().pin(key("a"));
    assertThatThrownBy(() -> administered().pin(CacheDirectoryTest::all))
        .hasMessageContaining("larger --cache-size")
        .hasFieldOrPropertyWithValue("kind", CacheException.Kind.TOO_LARGE);
    assertThat(administered().list())
        .extracting(CachedVersion::isPinned)
        .containsExactly(true, false);
  }

  @Test
  void pinningIsNoUse() throws Exception {
    try (var cache = open()) {
      cached(cache, "a");
    } // only now is the last use of it over
    Instant before = administered().list().getFirst().lastUsed();
    administered().pin(CacheDirectoryTest::all);
    assertThat(administered().list().getFirst().lastUsed()).isEqualTo(before);
  }

  @Test
  void garbageIsWhatNobodyWillUse() throws Exception {
    Path root = directory.resolve("v1");
    try (var cache = open()) {
      cached(cache, "k");
      ObjectVersion newer = bucket.put("k", Bucket.bytes(SIZE + 1));
      readAll(cache, newer);
      awaitClosed(newer);
      ObjectVersion damaged = cached(cache, "damaged");
      flipABit(damaged, "blocks", 1);
      Files.createDirectories(root.resolve("ab/" + "ab".repeat(20) + ".77.evicted"));
      Files.writeString(objectDirectory("test", newer).resolve("blocks.new"), "x");
      Files.writeString(root.resolve("owners/0000abcd"), "{}");
      Files.writeString(root.resolve("owners/0000abcd.sock"), "");
      UsageFile.find(root).orElseThrow().grew(99);

      Collected collected = administered().gc();

      assertThat(collected.superseded()).isEqualTo(1);
      assertThat(collected.damaged()).isEqualTo(1);
      assertThat(collected.leftovers()).isEqualTo(2);
      assertThat(collected.owners()).isEqualTo(1);
      assertThat(administered().list()).extracting(CachedVersion::tag).containsExactly(newer.tag());
      assertThat(cache.statistics().used()).isEqualTo(SIZE + 1 + ObjectFiles.OVERHEAD);
      try (var files = Files.list(root.resolve("owners"))) {
        assertThat(files).hasSize(1);
      }
    }
  }

  @Test
  void whatIsInUseIsNoGarbage() throws Exception {
    try (var cache = open()) {
      ObjectVersion old = cached(cache, "k");
      try (var object = cache.open(old)) {
        readAll(cache, bucket.put("k", Bucket.bytes(SIZE + 1)));
        assertThat(administered().gc().superseded()).isZero();
        assertThat(read(object, 0, SIZE)).isEqualTo(bytes);
      }
      awaitClosed(old);
      assertThat(administered().gc().superseded()).isEqualTo(1);
    }
  }
}
