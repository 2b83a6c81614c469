package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockMapTest {
  private static final BlockLayout LAYOUT = new BlockLayout(10, 4);
  private static final BootId BOOT = new BootId(new UUID(1, 2));
  private static final BootId NEXT_BOOT = new BootId(new UUID(3, 4));

  private static final int OWN = 7;
  private static final int ALIVE = -8;
  private static final int DEAD = 9;

  @TempDir Path directory;

  private Path created() throws IOException {
    Path file = directory.resolve("blocks");
    MapFile.create(file, LAYOUT, BOOT);
    return file;
  }

  private static BlockMap adopted(Path file, BlockLayout layout, BootId boot) throws IOException {
    BlockMap map = BlockMap.open(file, layout, OWN);
    map.adopt(boot, owner -> owner == ALIVE);
    return map;
  }

  @Test
  void aNewMapHasNothing() throws IOException {
    try (var map = adopted(created(), LAYOUT, BOOT)) {
      assertThat(map.held()).isZero();
      assertThat(map.state(2)).isEqualTo(BlockMap.ABSENT);
    }
  }

  @Test
  void onlyOneClaimsABlock() throws IOException {
    try (var map = adopted(created(), LAYOUT, BOOT)) {
      assertThat(map.claim(1)).isTrue();
      assertThat(map.claim(1)).isFalse();
      map.giveUp(1);
      assertThat(map.claim(1)).isTrue();
    }
  }

  @Test
  void whatArrivedIsStillThereInTheNextProcess() throws IOException {
    Path file = created();
    try (var map = adopted(file, LAYOUT, BOOT)) {
      map.claim(1);
      map.arrived(1, -77);
    }
    assertThat(MapFile.summary(file).held()).isEqualTo(4);
    try (var map = adopted(file, LAYOUT, BOOT)) {
      assertThat(map.state(1)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.crc(1)).isEqualTo(-77);
    }
  }

  @Test
  void aClaimDoesNotOutliveItsProcess() throws IOException {
    Path file = created();
    try (var map = adopted(file, LAYOUT, BOOT)) {
      map.claim(0);
    }
    try (var map = adopted(file, LAYOUT, BOOT)) {
      assertThat(map.state(0)).isEqualTo(BlockMap.ABSENT);
    }
  }

  @Test
  void afterARebootEveryBlockHasToPassItsChecksum() throws IOException {
    Path file = created();
    try (var map = adopted(file, LAYOUT, BOOT)) {
      for (int block = 0; block < 3; block++) {
        map.claim(block);
        map.arrived(block, 100 + block);
      }
    }
    try (var map = adopted(file, LAYOUT, NEXT_BOOT)) {
      assertThat(map.state(0)).isEqualTo(BlockMap.UNVERIFIED);
      assertThat(map.settle(0, 100)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.settle(0, 100)).as("a second time").isEqualTo(BlockMap.UNVERIFIED);
      assertThat(map.state(0)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.crc(0)).isEqualTo(100);
      assertThat(map.settle(1, 999)).isEqualTo(BlockMap.ABSENT);
      assertThat(map.state(1)).isEqualTo(BlockMap.ABSENT);
    }
    try (var map = adopted(file, LAYOUT, NEXT_BOOT)) {
      assertThat(map.state(0)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.state(2)).isEqualTo(BlockMap.UNVERIFIED);
    }
  }

  @Test
  void claimsOfTheLivingStayAndThoseOfTheDeadAreDropped() throws IOException {
    Path file = created();
    try (var alive = BlockMap.open(file, LAYOUT, ALIVE);
        var dead = BlockMap.open(file, LAYOUT, DEAD)) {
      alive.claim(0);
      dead.claim(1);
      try (var map = adopted(file, LAYOUT, BOOT)) {
        assertThat(map.otherFetching(0)).isEqualTo(ALIVE);
        assertThat(map.state(1)).isEqualTo(BlockMap.ABSENT);
        assertThat(map.claim(0)).isFalse();
        assertThat(alive.arrived(0, 3)).isTrue();
        assertThat(map.state(0)).isEqualTo(BlockMap.PRESENT);
      }
    }
  }

  @Test
  void whoLostItsClaimChangesNothingMore() throws IOException {
    Path file = created();
    try (var late = BlockMap.open(file, LAYOUT, ALIVE);
        var map = BlockMap.open(file, LAYOUT, OWN)) {
      late.claim(0);
      late.claim(1);
      map.dropClaims(ALIVE);
      map.claim(0);
      assertThat(late.arrived(0, 3)).isFalse();
      assertThat(late.arrived(1, 3)).as("a block that nobody has claimed").isFalse();
      late.giveUp(0);
      assertThat(map.state(0)).isEqualTo(BlockMap.FETCHING);
      assertThat(map.otherFetching(0)).as("it is ours").isZero();
      assertThat(map.arrived(0, 3)).isTrue();
    }
  }

  @Test
  void theHintOfHowMuchIsHeldFollows() throws IOException {
    try (var map = adopted(created(), LAYOUT, BOOT)) {
      for (int block = 0; block < 3; block++) {
        map.claim(block);
        map.arrived(block, 0);
      }
      assertThat(map.heldAbout()).isEqualTo(3);
      assertThat(map.lost(1)).isTrue();
      assertThat(map.lost(1)).isFalse();
      assertThat(map.takeBack(2)).isTrue();
      assertThat(map.heldAbout()).isEqualTo(1);
    }
  }

  @Test
  void aBlockThatIsTakenBackBelongsToWhoTookIt() throws IOException {
    try (var map = adopted(created(), LAYOUT, BOOT)) {
      assertThat(map.takeBack(0)).isFalse();
      map.claim(0);
      map.arrived(0, 5);
      long before = map.punches();
      assertThat(map.takeBack(0)).isTrue();
      assertThat(map.claim(0)).isFalse();
      map.countPunch();
      assertThat(map.punches()).isEqualTo(before + 1);
    }
  }

  @Test
  void aMapOfAnotherObjectOrOfGarbageIsDamaged() throws IOException {
    Path file = created();
    assertThatThrownBy(() -> BlockMap.open(file, new BlockLayout(11, 4), OWN))
        .isInstanceOf(BlockMap.Damaged.class);
    assertThatThrownBy(() -> BlockMap.open(file, new BlockLayout(20, 8), OWN))
        .isInstanceOf(BlockMap.Damaged.class);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> BlockMap.open(file, LAYOUT, OWN)).isInstanceOf(BlockMap.Damaged.class);
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> BlockMap.open(file, LAYOUT, OWN)).isInstanceOf(BlockMap.Damaged.class);
  }

  @Test
  void anEmptyObjectHasAMapWithoutSlots() throws IOException {
    var empty = new BlockLayout(0, 4);
    Path file = directory.resolve("empty");
    MapFile.create(file, empty, BOOT);
    try (var map = adopted(file, empty, BOOT)) {
      assertThat(map.held()).isZero();
    }
  }

  @Test
  void whatIsBeingTakenOutOfTheFileIsNobodysBeforeItIsGone() throws IOException {
    try (var map = adopted(created(), LAYOUT, BOOT)) {
      assertThat(map.claim(0)).isTrue();
      assertThat(map.arrived(0, 7)).isTrue();
      assertThat(map.takeBack(0)).isTrue();
      assertThat(map.arrived(0, 7)).as("said by a request that is late").isFalse();
      map.giveUp(0);
      assertThat(map.claim(0)).as("while its bytes go").isFalse();
      map.punched(0);
      assertThat(map.claim(0)).isTrue();
    }
  }
}
