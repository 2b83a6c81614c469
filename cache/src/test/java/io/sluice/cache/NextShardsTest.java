package io.sluice.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.layout.ShardIndex;
import io.sluice.store.ObjectVersion;
import io.sluice.store.testkit.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(180)
class NextShardsTest extends CacheFixture {
  private static final int SHARD = 3 << 20;

  private static String shard(int number) {
    return "llama/model-0000%d-of-00004.model".formatted(number);
  }

  private ObjectVersion[] shards() {
    blockSize = 64 << 10;
    var versions = new ObjectVersion[5];
    for (int i = 1; i <= 4; i++) versions[i] = bucket.put(shard(i), Bucket.bytes(SHARD + i));
    return versions;
  }

  @Test
  void whileAShardIsReadTheTwoAfterItAreFetched() throws Exception {
    ObjectVersion[] shards = shards();
    try (var cache = open();
        var first = cache.open(shards[1])) {
      read(first, 0, SHARD + 1);
      await(() -> bucket.bytesAskedFor() == 3L * SHARD + 6);
      assertThat(readAll(cache, shards[2])).isEqualTo(Bucket.bytes(SHARD + 2));
      assertThat(readAll(cache, shards[3])).isEqualTo(Bucket.bytes(SHARD + 3));
      assertThat(bucket.bytesAskedFor()).isLessThanOrEqualTo(4L * SHARD + 10);
    }
  }

  @Test
  void ofAShardThatIsHereAlreadyTheNextIsFetchedToo() throws Exception {
    ObjectVersion[] shards = shards();
    try (var cache = open()) {
      try (var warm = cache.prefetch(shards[1], List.of())) {
        assertThat(warm.await(PATIENCE)).isTrue();
      }
      try (var first = cache.open(shards[1])) {
        read(first, 0, SHARD + 1);
        await(() -> bucket.bytesAskedFor() == 3L * SHARD + 6);
      }
    }
  }

  @Test
  void whoReadsAFewBytesOfAShardGetsNoOther() throws Exception {
    ObjectVersion[] shards = shards();
    try (var cache = open()) {
      try (var first = cache.open(shards[1])) {
        read(first, 0, 100);
      }
      await(() -> bucket.openBodies() == 0);
      assertThat(bucket.bytesAskedFor()).isLessThanOrEqualTo(SHARD);
    }
  }

  private static Prefetch none(ObjectVersion version) {
    throw new AssertionError("nothing of " + version + " is to be fetched");
  }

  @Test
  void anIndexSaysWhatComesNextWhereNamesDoNot() {
    var next =
        new NextShards(
            new MemoryStore(), NextShardsTest::none, _ -> true, () -> PLENTY, Runnable::run);
    assertThat(next.after("m/a.safetensors")).isEmpty();
    assertThat(next.after("m/x-1-of-3.safetensors"))
        .containsExactly("m/x-2-of-3.safetensors", "m/x-3-of-3.safetensors");
    next.learn(
        "m/model.safetensors.index.json",
        new ShardIndex(
            List.of("b.safetensors", "a.safetensors", "c.safetensors"), OptionalLong.empty()));
    assertThat(next.after("m/b.safetensors")).containsExactly("m/a.safetensors", "m/c.safetensors");
    assertThat(next.after("m/c.safetensors")).isEmpty();
    assertThat(next.after("other/b.safetensors")).isEmpty();
  }

  @Test
  void anIndexThatWasReadIsLearned() throws Exception {
    blockSize = 64 << 10;
    byte[] json =
        """
        {"metadata":{"total_size":9},"weight_map":{"x":"one.model","y":"two.model"}}"""
            .getBytes(UTF_8);
    ObjectVersion index = bucket.put("m/model.safetensors.index.json", json);
    ObjectVersion one = bucket.put("m/one.model", Bucket.bytes(SHARD));
    bucket.put("m/two.model", Bucket.bytes(SHARD + 1));
    try (var cache = open()) {
      assertThat(readAll(cache, index)).isEqualTo(json);
      try (var object = cache.open(one)) {
        read(object, 0, SHARD);
        await(() -> bucket.bytesAskedFor() == json.length + 2L * SHARD + 1);
      }
    }
  }

  /** One that is here as soon as it is asked for. */
  private final class Asked implements Prefetch {
    private final ObjectVersion version;

    Asked(ObjectVersion version) {
      this.version = version;
      log.add("open " + version.key());
    }

    @Override
    public ObjectVersion version() {
      return version;
    }

    @Override
    public long bytes() {
      return version.size();
    }

    @Override
    public long missing() {
      return 0;
    }

    @Override
    public boolean await(Duration most) {
      return true;
    }

    @Override
    public void close() {
      log.add("close " + version.key());
    }
  }

  private final List<String> log = new ArrayList<>();
  private final Set<ObjectVersion> readNow = new HashSet<>();

  private NextShards within(long room) {
    return new NextShards(bucket, Asked::new, readNow::contains, () -> room, Runnable::run);
  }

  @Test
  void whatIsFetchedAheadStaysOpenUntilAllOfItIsHere() {
    ObjectVersion[] shards = shards();
    readNow.add(shards[1]);
    within(4L * SHARD).nearlyHere(shards[1]);
    assertThat(log)
        .containsExactly(
            "open " + shard(2), "open " + shard(3), "close " + shard(2), "close " + shard(3));
  }

  @Test
  void noMoreIsFetchedAheadThanTheCacheHolds() {
    ObjectVersion[] shards = shards();
    readNow.add(shards[1]);
    within(3L * SHARD).nearlyHere(shards[1]);
    assertThat(log).containsExactly("open " + shard(2), "close " + shard(2));
  }

  @Test
  void whereTheCacheHasBeenClosedNothingMoreIsFetchedAhead() {
    ObjectVersion[] shards = shards();
    readNow.add(shards[1]);
    Executor closed =
        _ -> {
          throw new RejectedExecutionException();
        };
    var next = new NextShards(bucket, Asked::new, readNow::contains, () -> PLENTY, closed);
    next.nearlyHere(shards[1]);
    assertThat(log).isEmpty();
  }

  @Test
  void whatFollowsIsAskedForOnceForAsLongAsAShardIsRead() {
    ObjectVersion[] shards = shards();
    NextShards next = within(2L * SHARD + 3);
    next.nearlyHere(shards[1]);
    assertThat(log).isEmpty();
    readNow.add(shards[1]);
    next.nearlyHere(shards[1]);
    next.nearlyHere(shards[1]);
    assertThat(log).containsExactly("open " + shard(2), "close " + shard(2));
    readNow.remove(shards[1]);
    readNow.add(shards[4]);
    next.nearlyHere(shards[4]);
    readNow.add(shards[1]);
    next.nearlyHere(shards[1]);
    assertThat(log).hasSize(4);
  }
}
