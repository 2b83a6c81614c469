package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryRingTest {
  private static final int BLOCK = 16;
  private static final int SLOTS = 8;

  private final MemoryRing ring = new MemoryRing(SLOTS * BLOCK, BLOCK);
  private final Blocks one = file();
  private final Blocks other = file();

  private Blocks file() {
    return Blocks.inMemory(
        new BlockLayout(1 << 20, BLOCK), ring, new FileCounters("k", new CacheCounters()));
  }

  private void put(Blocks file, int block) {
    byte[] bytes = new byte[BLOCK];
    java.util.Arrays.fill(bytes, (byte) block);
    ring.put(file, block, ByteBuffer.wrap(bytes));
  }

  private int read(Blocks file, int block, int from, int bytes) {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    int length = ring.copy(file, block, from, into);
    for (int i = 0; i < length; i++) assertThat(into.get(i)).isEqualTo((byte) block);
    return length;
  }

  @Test
  void aBlockIsReadInPiecesUntilItsEnd() {
    put(one, 7);
    assertThat(read(one, 7, 0, 10)).isEqualTo(10);
    assertThat(read(one, 7, 10, 10)).isEqualTo(6);
    assertThat(read(one, 8, 0, 10)).isEqualTo(-1);
    assertThat(read(other, 7, 0, 10)).isEqualTo(-1);
  }

  @Test
  void whatWasReadIsReplacedBeforeWhatIsWaitedFor() {
    for (int block = 0; block < SLOTS; block++) put(one, block);
    assertThat(read(one, 5, 0, BLOCK)).isEqualTo(BLOCK);
    put(one, 100);
    assertThat(ring.holds(one, 5)).isFalse();
    assertThat(ring.holds(one, 0)).isTrue();
    put(one, 101);
    assertThat(ring.holds(one, 0)).as("the oldest").isFalse();
    assertThat(ring.holds(one, 1)).isTrue();
  }

  @Test
  void aBlockThatWasReadInPartIsStillWaitedFor() {
    for (int block = 0; block < SLOTS; block++) put(one, block);
    assertThat(read(one, 5, 0, BLOCK - 1)).isEqualTo(BLOCK - 1);
    put(one, 100);
    assertThat(ring.holds(one, 5)).isTrue();
  }

  @Test
  void filesOfWhichSomethingIsWaitedForShareTheRoom() {
    long all = SLOTS * BLOCK / 4 * 3;
    assertThat(ring.share(one)).isEqualTo(all);
    put(other, 0);
    assertThat(ring.share(one)).isEqualTo(all / 2);
    assertThat(ring.share(other)).isEqualTo(all);
    put(one, 0);
    put(one, 1);
    assertThat(ring.share(other)).isEqualTo(all / 2);
    assertThat(read(one, 0, 0, BLOCK)).isEqualTo(BLOCK);
    assertThat(ring.share(other)).isEqualTo(all / 2);
    assertThat(read(one, 1, 0, BLOCK)).isEqualTo(BLOCK);
    assertThat(ring.share(other)).isEqualTo(all);
  }

  @Test
  void whatComesAgainIsWaitedForOnce() {
    put(other, 0);
    put(other, 0);
    assertThat(read(other, 0, 0, BLOCK)).isEqualTo(BLOCK);
    assertThat(ring.share(one)).isEqualTo(SLOTS * BLOCK / 4 * 3);
  }

  @Test
  void aFileThatIsClosedLeavesItsPlaces() {
    for (int block = 0; block < SLOTS; block++) put(block % 2 == 0 ? one : other, block);
    one.close();
    assertThat(ring.share(other)).isEqualTo(SLOTS * BLOCK / 4 * 3);
    for (int block = 100; block < 100 + SLOTS / 2; block++) put(other, block);
    for (int block = 1; block < SLOTS; block += 2) assertThat(ring.holds(other, block)).isTrue();
  }
}
