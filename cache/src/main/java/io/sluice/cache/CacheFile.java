package io.sluice.cache;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache file of one version, for as long as the disk gives back what it took: what goes wrong
 * with it is said in the log, and ends its use, not the read. Safe for use by many threads.
 */
final class CacheFile {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFile.class);

  private final BlockLayout layout;
  private final SharedFiles shared;
  private final BlockChecks checks;
  private final BlockMap map;

  /** One at a time gives space back. */
  private final ReentrantLock givingBack = new ReentrantLock();

  private volatile boolean usable = true;

  CacheFile(BlockLayout layout, SharedFiles shared, FileCounters counters) {
    this.layout = layout;
    this.shared = shared;
    this.checks = new BlockChecks(layout, shared, counters);
    this.map = shared.files().map();
  }

  SharedFiles shared() {
    return shared;
  }

  /** False once the disk has failed us. */
  boolean isUsable() {
    return usable;
  }

  /** Puts a block where it belongs; false where the disk does not take it. */
  boolean isWritten(int block, ByteBuffer from) {
    if (!usable) return false;
    ObjectFiles files = shared.files();
    try {
      for (long at = layout.start(block); from.hasRemaining(); ) at += files.data().write(from, at);
      return true;
    } catch (IOException e) {
      LOG.debug("block {} of {} is not cached: {}", block, files.directory(), e.toString());
      return false;
    }
  }

  /** Fills {@code into} from there on; false where it cannot, and then it is of no use any more. */
  boolean isRead(long at, ByteBuffer into) {
    try {
      while (into.hasRemaining()) {
        int count = shared.files().data().read(into, at);
        if (count < 0) throw new EOFException("the file is shorter than its object");
        at += count;
      }
      return true;
    } catch (IOException e) {
      abandon(e);
      return false;
    }
  }

  /** Those of the blocks that were written in an earlier boot. */
  void verify(int first, int end) {
    if (!usable) return;
    try {
      checks.verify(first, end);
    } catch (IOException e) {
      abandon(e);
    }
  }

  /** Whether a block is in the file and what was written; read now, and dropped where it is not. */
  boolean isSound(int block) {
    if (!usable) return false;
    try {
      return checks.isSound(block);
    } catch (IOException e) {
      abandon(e);
      return false;
    }
  }

  /** The disk does not give back what it took: what it holds is fetched again, through the ring. */
  private void abandon(IOException reason) {
    LOG.warn("cache file {} cannot be read: {}", shared.files().directory(), reason.toString());
    usable = false;
    for (int block = 0; block < layout.blocks(); block++)
      if (map.lost(block)) shared.room().shrank(layout.length(block));
  }

  /** As {@link Blocks#giveBack}. */
  long giveBack(IntPredicate isSpare, long bytes) {
    if (!usable) return 0;
    givingBack.lock();
    try {
      return new Holes(layout, shared).make(isSpare, bytes);
    } catch (IOException e) {
      LOG.warn("no space given back: {}", e.toString());
      return 0;
    } finally {
      givingBack.unlock();
    }
  }
}
