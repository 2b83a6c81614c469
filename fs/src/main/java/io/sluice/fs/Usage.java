package io.sluice.fs;

/**
 * What {@code df} shows. A bucket has neither a size nor an end, so this is a very large disk with
 * everything free; a full one would set off the alarms of those who watch disks.
 *
 * @param blockSize in bytes
 * @param blocks in units of {@code blockSize}
 * @param freeBlocks in units of {@code blockSize}
 * @param files how many there could be
 * @param maxName the longest name, in bytes
 */
public record Usage(int blockSize, long blocks, long freeBlocks, long files, int maxName) {
  private static final int BLOCK = 4096;
  private static final long PEBIBYTE = 1L << 50;
  private static final long FILES = 1L << 32;

  static Usage ofABucket() {
    return new Usage(BLOCK, PEBIBYTE / BLOCK, PEBIBYTE / BLOCK, FILES, Names.MAX_BYTES);
  }
}
