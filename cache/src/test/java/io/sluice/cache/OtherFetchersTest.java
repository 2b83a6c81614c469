package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class OtherFetchersTest {
  private static final BlockLayout LAYOUT = new BlockLayout(100, 10);
  private static final int OTHER = -2;
  private static final int THIRD = 3;

  private final AtomicLong now = new AtomicLong(5);
  private final Set<Integer> alive = new HashSet<>(Set.of(OTHER, THIRD));
  private BlockMap ours = BlockMap.inMemory(LAYOUT);
  private BlockMap theirs = ours;
  private BlockMap thirds = ours;
  private OtherFetchers others = OtherFetchers.none(ours);

  @TempDir Path directory;

  @BeforeEach
  void open() throws Exception {
    ours.close();
    Path file = directory.resolve("blocks");
    MapFile.create(file, LAYOUT, new BootId(new UUID(1, 1)));
    ours = BlockMap.open(file, LAYOUT, 1);
    theirs = BlockMap.open(file, LAYOUT, OTHER);
    thirds = BlockMap.open(file, LAYOUT, THIRD);
    others = new OtherFetchers(ours, alive::contains, now::get);
    ours.claim(0);
    for (int block = 1; block < 4; block++) theirs.claim(block);
    thirds.claim(4);
  }

  @AfterEach
  void close() {
    thirds.close();
    theirs.close();
    ours.close();
  }

  private void lookAfter(Duration time) {
    now.addAndGet(time.toNanos());
    others.look();
  }

  @Test
  void whoIsAliveAndGoesOnKeepsItsClaims() {
    for (int block = 1; block < 4; block++) {
      lookAfter(Duration.ofSeconds(9));
      assertThat(others.isFetching(3)).isTrue();
      theirs.arrived(block, 0);
    }
    assertThat(ours.state(3)).isEqualTo(BlockMap.PRESENT);
  }

  @Test
  void whoMakesNoProgressLosesThem() {
    lookAfter(OtherFetchers.BETWEEN_LOOKS);
    lookAfter(OtherFetchers.PATIENCE.minusNanos(1));
    assertThat(others.isFetching(1)).isTrue();
    lookAfter(OtherFetchers.BETWEEN_LOOKS);
    for (int block = 1; block < 5; block++)
      assertThat(ours.state(block)).isEqualTo(BlockMap.ABSENT);
    assertThat(ours.state(0)).as("ours").isEqualTo(BlockMap.FETCHING);
  }

  @Test
  void whoDiedLosesThemAtTheNextLook() {
    alive.remove(OTHER);
    lookAfter(OtherFetchers.BETWEEN_LOOKS.minusNanos(1));
    assertThat(others.isFetching(1)).isTrue();
    lookAfter(Duration.ofNanos(1));
    assertThat(others.isFetching(1)).isFalse();
    assertThat(others.isFetching(4)).as("a third one's").isTrue();
  }
}
