package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.profile.AccessProfile;
import io.sluice.cache.profile.ProfileEntry;
import io.sluice.cache.profile.ProfileRecorder;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one load has read is fetched ahead of the next one, in its order. */
@NullMarked
@Timeout(180)
class ProfilePrefetchTest extends CacheFixture {
  /** So many requests at once. */
  private static final int REQUESTS = 4;

  private static final Duration LONG = Duration.ofMinutes(5);

  /** A block each, so that none is read together with another one. */
  private static final List<Integer> PLACES = List.of(400, 0, 800, 200, 1200, 1600);

  @TempDir Path scratch;

  private static ByteRange block(long start) {
    return new ByteRange(start, start + BLOCK);
  }

  private static List<ByteRange> blocks(List<Integer> starts) {
    return starts.stream().map(ProfilePrefetchTest::block).toList();
  }

  /** One that says that blocks were read at these places, one after the other. */
  private static AccessProfile profile(ObjectVersion version, List<Integer> starts) {
    List<ProfileEntry> entries = new ArrayList<>();
    for (ByteRange range : blocks(starts)) entries.add(new ProfileEntry(0, version, range));
    return new AccessProfile("test", Instant.EPOCH, entries);
  }

  private static List<Integer> many() {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < 100; i++) starts.add(3960 - 40 * i);
    return starts;
  }

  private static void readAt(ObjectOpener opener, ObjectVersion version, List<Integer> starts)
      throws StoreException {
    byte[] all = Bucket.bytes((int) version.size());
    try (CachedObject object = opener.open(version)) {
      for (int start : starts)
        assertThat(read(object, start, BLOCK))
            .isEqualTo(Arrays.copyOfRange(all, start, start + BLOCK));
    }
  }

  @Test
  void whatOneCacheHasReadTheNextOneFetchesInThatOrderBeforeAnybodyReads() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    Path file = scratch.resolve("profile");
    try (var cache = open();
        var recorder = ProfileRecorder.open(file, "test", InstantSource.system())) {
      readAt(new WatchedOpener(cache, recorder::read), version, PLACES);
    }
    AccessProfile profile = AccessProfile.read(file, "test");
    assertThat(profile.ranges()).containsExactly(Map.entry(version, blocks(PLACES)));

    directory = Files.createDirectory(scratch.resolve("fresh"));
    bucket.gets().clear();
    bucket.holdUp();
    try (var cache = open();
        ProfilePrefetch prefetch = cache.follow(profile)) {
      await(() -> bucket.gets().size() >= REQUESTS);
      assertThat(bucket.gets())
          .containsExactlyInAnyOrderElementsOf(blocks(PLACES.subList(0, REQUESTS)));
      bucket.letThrough();
      await(() -> bucket.gets().size() == PLACES.size() && !cache.isWanted(version));
      readAt(new WatchedOpener(cache, prefetch), version, PLACES);
      assertThat(bucket.gets()).containsExactlyInAnyOrderElementsOf(blocks(PLACES));
      assertThat(cache.statistics().served()).isEqualTo((long) PLACES.size() * BLOCK);
    }
  }

  @Test
  void theFileThatIsReadFirstIsFetchedFirst() throws Exception {
    ObjectVersion first = bucket.put("z", Bucket.bytes(4000));
    ObjectVersion second = bucket.put("a", Bucket.bytes(3000));
    List<ProfileEntry> entries = new ArrayList<>(profile(first, PLACES).entries());
    entries.addAll(profile(second, List.of(44, 88)).entries());
    bucket.holdUp();
    try (var cache = open();
        var _ = cache.follow(new AccessProfile("test", Instant.EPOCH, entries))) {
      await(() -> bucket.gets().size() >= REQUESTS);
      assertThat(bucket.gets())
          .containsExactlyInAnyOrderElementsOf(blocks(PLACES.subList(0, REQUESTS)));
      bucket.letThrough();
      await(() -> bucket.gets().size() == PLACES.size() + 2);
    }
  }

  @Test
  void theWindowGoesWithTheReaders() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    try (var cache = open();
        var prefetch = cache.follow(profile(version, many()), 10L * BLOCK, LONG)) {
      await(() -> bucket.gets().size() == 10 && !cache.isWanted(version));
      prefetch.read(version, many().getFirst(), BLOCK);
      await(() -> bucket.gets().size() == 11 && !cache.isWanted(version));
    }
    assertThat(bucket.gets()).containsExactlyInAnyOrderElementsOf(blocks(many().subList(0, 11)));
  }

  @Test
  void whoJumpsInTheProfileIsFollowed() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    bucket.holdUp();
    try (var cache = open();
        var prefetch = cache.follow(profile(version, many()), 2L * BLOCK, LONG)) {
      prefetch.read(version, many().get(50), BLOCK);
      bucket.letThrough();
      await(() -> bucket.gets().contains(block(many().get(52))));
    }
    assertThat(bucket.gets()).contains(block(many().get(51))).hasSizeLessThan(10);
  }

  @Test
  void whatWasReplacedOrIsGoneIsLeftOut() throws Exception {
    ObjectVersion old = bucket.put("replaced", Bucket.bytes(4000));
    ObjectVersion same = bucket.put("same", Bucket.bytes(3000));
    List<ProfileEntry> entries = new ArrayList<>();
    entries.addAll(profile(old, PLACES).entries());
    entries.addAll(profile(new ObjectVersion("gone", "1", 4000), PLACES).entries());
    entries.addAll(profile(same, List.of(44, 88)).entries());
    bucket.put("replaced", Bucket.bytes(5000));
    try (var cache = open();
        var _ = cache.follow(new AccessProfile("test", Instant.EPOCH, entries))) {
      await(() -> bucket.gets().size() == 2 && !cache.isWanted(same));
    }
    assertThat(bucket.gets()).containsExactlyInAnyOrder(block(44), block(88));
  }

  @Test
  void whenNobodyReadsNothingIsHeldOpen() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    bucket.holdUp();
    try (var cache = open();
        var prefetch =
            cache.follow(profile(version, many()), 100L * BLOCK, Duration.ofMillis(50))) {
      await(
          () -> {
            prefetch.read(version, 1, 1); // not of a place that is planned
            return cache.isWanted(version);
          });
      await(() -> !cache.isWanted(version));
      bucket.letThrough();
    }
    assertThat(bucket.gets()).hasSizeLessThan(many().size());
  }

  @Test
  void whatTheStoreRefusesIsLeftToItsReaders() throws Exception {
    ObjectVersion version = bucket.put("k", Bucket.bytes(4000));
    bucket.failWith(new StoreException.Denied("not yours", null));
    try (var cache = open();
        var _ = cache.follow(profile(version, many()))) {
      await(() -> !bucket.gets().isEmpty() && !cache.isWanted(version));
    }
    assertThat(bucket.gets()).hasSizeLessThan(many().size());
  }
}
