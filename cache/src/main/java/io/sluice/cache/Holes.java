package io.sluice.cache;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes blocks out of an open cache file, where nobody else has it open. One caller at a time;
 * readers go on, and see that blocks went.
 */
record Holes(BlockLayout layout, SharedFiles shared) {
  private static final Logger LOG = LoggerFactory.getLogger(Holes.class);

  /**
   * Makes holes from the start of the object on.
   *
   * @param isSpare which blocks may go
   * @param bytes how much is needed
   * @return how much was given back
   */
  long make(IntPredicate isSpare, long bytes) throws IOException {
    var given = new AtomicLong();
    boolean _ = shared.files().alone(() -> given.set(punchAll(isSpare, bytes)));
    return given.get();
  }

  private long punchAll(IntPredicate isSpare, long bytes) {
    BlockMap map = shared.files().map();
    long given = 0;
    for (int block = 0; block < layout.blocks() && given < bytes; ) {
      int end = block;
      while (end < layout.blocks()
          && layout.start(end) - layout.start(block) < bytes - given
          && isSpare.test(end)
          && map.takeBack(end)) end++;
      if (end > block) {
        given += punch(block, end);
        block = end;
      } else {
        block++;
      }
    }
    return given;
  }

  private long punch(int first, int end) {
    BlockMap map = shared.files().map();
    long start = layout.start(first);
    long length = layout.end(end - 1) - start;
    map.countPunch();
    shared.room().shrank(length); // whatever becomes of it: these blocks are not held any more
    try {
      HolePunch.punch(shared.files().directory().resolve(ObjectFiles.DATA), start, length);
      return length;
    } catch (IOException e) {
      LOG.warn("no space given back: {}", e.toString());
      return 0;
    } finally {
      for (int block = first; block < end; block++) map.punched(block);
    }
  }
}
