package io.sluice.cache;

import java.io.IOException;

/**
 * Compares blocks of a cache file with what was written: a block that is not that any more is
 * dropped, and counted. Safe for use by many threads.
 */
final class BlockChecks {
  private final BlockLayout layout;
  private final SharedFiles shared;
  private final FileCounters counters;
  private final BlockMap map;

  BlockChecks(BlockLayout layout, SharedFiles shared, FileCounters counters) {
    this.layout = layout;
    this.shared = shared;
    this.counters = counters;
    this.map = shared.files().map();
  }

  /**
   * Those of the blocks that were written in an earlier boot.
   *
   * @throws IOException where the file cannot be read
   */
  void verify(int first, int end) throws IOException {
    for (int block = first; block < end; block++) {
      int start = block;
      while (block < end && map.state(block) == BlockMap.UNVERIFIED) block++;
      if (block > start) Checksums.of(shared.files().data(), layout, start, block, this::settle);
    }
  }

  /**
   * Whether a block is in the file and what was written; read now, whenever that was.
   *
   * @throws IOException where the file cannot be read
   */
  boolean isSound(int block) throws IOException {
    if (map.state(block) == BlockMap.UNVERIFIED) verify(block, block + 1);
    else if (map.state(block) == BlockMap.PRESENT)
      Checksums.of(shared.files().data(), layout, block, block + 1, this::dropIfDamaged);
    return map.state(block) == BlockMap.PRESENT;
  }

  private void settle(int block, int crc) {
    int settled = map.settle(block, crc); // UNVERIFIED where somebody else was faster
    if (settled == BlockMap.PRESENT) counters.verified();
    if (settled == BlockMap.ABSENT) damaged(block);
  }

  private void dropIfDamaged(int block, int crc) {
    if (map.crc(block) != crc && map.lost(block)) damaged(block);
  }

  private void damaged(int block) {
    counters.damaged();
    shared.room().shrank(layout.length(block));
  }
}
