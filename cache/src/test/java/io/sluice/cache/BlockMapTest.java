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

  @TempDir Path directory;

  private Path created() throws IOException {
    Path file = directory.resolve("blocks");
    BlockMap.create(file, LAYOUT, BOOT);
    return file;
  }

  @Test
  void aNewMapHasNothing() throws IOException {
    try (var map = BlockMap.open(created(), LAYOUT, BOOT)) {
      assertThat(map.held()).isZero();
      assertThat(map.state(2)).isEqualTo(BlockMap.ABSENT);
    }
  }

  @Test
  void onlyOneClaimsABlock() throws IOException {
    try (var map = BlockMap.open(created(), LAYOUT, BOOT)) {
      assertThat(map.claim(1)).isTrue();
      assertThat(map.claim(1)).isFalse();
      map.giveUp(1);
      assertThat(map.claim(1)).isTrue();
    }
  }

  @Test
  void whatArrivedIsStillThereInTheNextProcess() throws IOException {
    Path file = created();
    try (var map = BlockMap.open(file, LAYOUT, BOOT)) {
      map.claim(1);
      map.arrived(1, -77);
    }
    assertThat(BlockMap.heldIn(file)).isEqualTo(1);
    try (var map = BlockMap.open(file, LAYOUT, BOOT)) {
      assertThat(map.state(1)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.crc(1)).isEqualTo(-77);
    }
  }

  @Test
  void aClaimDoesNotOutliveItsProcess() throws IOException {
    Path file = created();
    try (var map = BlockMap.open(file, LAYOUT, BOOT)) {
      map.claim(0);
    }
    try (var map = BlockMap.open(file, LAYOUT, BOOT)) {
      assertThat(map.state(0)).isEqualTo(BlockMap.ABSENT);
    }
  }

  @Test
  void afterARebootEveryBlockHasToPassItsChecksum() throws IOException {
    Path file = created();
    try (var map = BlockMap.open(file, LAYOUT, BOOT)) {
      for (int block = 0; block < 3; block++) {
        map.claim(block);
        map.arrived(block, 100 + block);
      }
    }
    try (var map = BlockMap.open(file, LAYOUT, NEXT_BOOT)) {
      assertThat(map.state(0)).isEqualTo(BlockMap.UNVERIFIED);
      assertThat(map.settle(0, 100)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.settle(0, 100)).as("a second time").isEqualTo(BlockMap.UNVERIFIED);
      assertThat(map.state(0)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.crc(0)).isEqualTo(100);
      assertThat(map.settle(1, 999)).isEqualTo(BlockMap.ABSENT);
      assertThat(map.state(1)).isEqualTo(BlockMap.ABSENT);
    }
    try (var map = BlockMap.open(file, LAYOUT, NEXT_BOOT)) {
      assertThat(map.state(0)).isEqualTo(BlockMap.PRESENT);
      assertThat(map.state(2)).isEqualTo(BlockMap.UNVERIFIED);
    }
  }

  @Test
  void aBlockThatIsTakenBackBelongsToWhoTookIt() throws IOException {
    try (var map = BlockMap.open(created(), LAYOUT, BOOT)) {
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
    assertThatThrownBy(() -> BlockMap.open(file, new BlockLayout(11, 4), BOOT))
        .isInstanceOf(BlockMap.Damaged.class);
    assertThatThrownBy(() -> BlockMap.open(file, new BlockLayout(20, 8), BOOT))
        .isInstanceOf(BlockMap.Damaged.class);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> BlockMap.open(file, LAYOUT, BOOT))
        .isInstanceOf(BlockMap.Damaged.class);
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> BlockMap.open(file, LAYOUT, BOOT))
        .isInstanceOf(BlockMap.Damaged.class);
  }

  @Test
  void anEmptyObjectHasAMapWithoutSlots() throws IOException {
    var empty = new BlockLayout(0, 4);
    Path file = directory.resolve("empty");
    BlockMap.create(file, empty, BOOT);
    try (var map = BlockMap.open(file, empty, BOOT)) {
      assertThat(map.held()).isZero();
    }
  }
}
