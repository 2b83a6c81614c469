package io.sluice.cache;

/**
 * How much of a version is kept, and whether it is what was written.
 *
 * @param bytes of the version
 * @param missing bytes of these that are not kept; damaged ones count
 * @param damagedBlocks blocks whose checksum was wrong
 */
public record Completeness(long bytes, long missing, int damagedBlocks) {
  /** Looks at each block; those that are damaged are dropped. */
  static Completeness of(Blocks blocks) {
    BlockLayout layout = blocks.layout();
    long missing = 0;
    int damaged = 0;
    for (int block = 0; block < layout.blocks(); block++) {
      boolean wasHeld = blocks.isHeld(block);
      if (blocks.isSound(block)) continue;
      missing += layout.length(block);
      if (wasHeld) damaged++;
    }
    return new Completeness(layout.size(), missing, damaged);
  }

  /** Whether every byte is here, and right. */
  public boolean isComplete() {
    return missing == 0;
  }
}
