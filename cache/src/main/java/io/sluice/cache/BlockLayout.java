package io.sluice.cache;

import io.sluice.store.ByteRange;
import java.util.BitSet;
import java.util.List;

/**
 * How an object is cut into blocks: all of {@code blockSize} bytes but the last one.
 *
 * @param size of the object in bytes, may be 0 (then there is no block)
 * @param blockSize in bytes
 */
record BlockLayout(long size, int blockSize) {
  BlockLayout {
    if (size < 0 || blockSize < 1)
      throw new IllegalArgumentException("not a layout: " + size + " in blocks of " + blockSize);
    if ((size + blockSize - 1) / blockSize > Integer.MAX_VALUE)
      throw new IllegalArgumentException(size + " bytes are too many for blocks of " + blockSize);
  }

  int blocks() {
    return (int) ((size + blockSize - 1) / blockSize);
  }

  /** The block that holds the byte at {@code offset}. */
  int blockAt(long offset) {
    return (int) (offset / blockSize);
  }

  /** The first block that starts at or after {@code offset}, at most {@link #blocks()}. */
  int blockFrom(long offset) {
    return (int) Math.min(blocks(), (offset + blockSize - 1) / blockSize);
  }

  long start(int block) {
    return (long) block * blockSize;
  }

  long end(int block) {
    return Math.min(size, start(block) + blockSize);
  }

  int length(int block) {
    return (int) (end(block) - start(block));
  }

  ByteRange bytes(Span span) {
    return new ByteRange(start(span.first()), end(span.end() - 1));
  }

  /** How many blocks have any of the bytes of these ranges: each is counted once. */
  int blocksIn(List<ByteRange> ranges) {
    var touched = new BitSet();
    for (ByteRange range : ranges)
      if (!range.isEmpty()) touched.set(blockAt(range.start()), blockFrom(range.end()));
    return touched.cardinality();
  }
}
