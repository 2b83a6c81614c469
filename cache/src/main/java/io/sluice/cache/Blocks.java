package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one version, as far as they are here: in its cache file, or, where the disk does not
 * take them, for a moment in the memory ring. Never gives bytes it is not sure of. Safe for use by
 * many threads.
 */
final class Blocks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);

  private final BlockLayout layout;
  private final @Nullable ObjectFiles files;
  private final BlockMap map;
  private final MemoryRing ring;
  private final CacheCounters counters;
  private final AtomicInteger present = new AtomicInteger();
  private volatile boolean onDisk;

  /** Whether the block that came last was kept. */
  private volatile boolean keeping;

  private Blocks(
      BlockLayout layout, @Nullable ObjectFiles files, MemoryRing ring, CacheCounters counters) {
    this.layout = layout;
    this.files = files;
    this.map = files == null ? BlockMap.inMemory(layout) : files.map();
    this.ring = ring;
    this.counters = counters;
    this.onDisk = files != null;
    this.keeping = onDisk;
    for (int block = 0; block < layout.blocks(); block++)
      if (map.state(block) == BlockMap.PRESENT) present.incrementAndGet();
  }

  static Blocks inFiles(
      BlockLayout layout, ObjectFiles files, MemoryRing ring, CacheCounters counters) {
    return new Blocks(layout, files, ring, counters);
  }

  /** Of a version that cannot have files now: every block passes through the ring. */
  static Blocks inMemory(BlockLayout layout, MemoryRing ring, CacheCounters counters) {
    return new Blocks(layout, null, ring, counters);
  }

  BlockLayout layout() {
    return layout;
  }

  Optional<ObjectFiles> files() {
    return Optional.ofNullable(files);
  }

  /** Whether there is a file to keep blocks in. */
  boolean isOnDisk() {
    return onDisk;
  }

  /** Whether blocks that come are kept: else only as many are of use as the ring holds. */
  boolean isKeeping() {
    return keeping;
  }

  /** Whether every block is in the file and may be served. */
  boolean isComplete() {
    return present.get() == layout.blocks();
  }

  /** How much is not in the file yet, whether it is on its way or not. */
  long bytesLeft() {
    return (long) (layout.blocks() - present.get()) * layout.blockSize();
  }

  /** Whether a reader would find it if it looked now. */
  boolean isHere(int block) {
    int state = map.state(block);
    return state == BlockMap.PRESENT || state == BlockMap.UNVERIFIED || ring.holds(this, block);
  }

  /** Whether it is neither here nor on its way. */
  boolean isMissing(int block) {
    return map.state(block) == BlockMap.ABSENT && !ring.holds(this, block);
  }

  /**
   * Claims the blocks of a span for its fetcher, up to the first that somebody else was faster
   * with.
   */
  Optional<Span> claim(Span wanted) {
    int end = wanted.first();
    while (end < wanted.end() && map.claim(end)) end++;
    Urgency urgency = wanted.urgency();
    return end == wanted.first()
        ? Optional.empty()
        : Optional.of(new Span(wanted.first(), end, urgency));
  }

  /** A claimed block is not coming after all. */
  void giveUp(int block) {
    map.giveUp(block);
  }

  /**
   * A claimed block has come.
   *
   * @param keep whether there is room for it on the disk
   * @return whether it was kept: else it can be read for a moment, and is not there for the next
   *     one
   */
  boolean arrived(int block, byte[] bytes, boolean keep) {
    int length = layout.length(block);
    if (keep && onDisk && isWritten(block, bytes, length)) {
      var crc = new CRC32C();
      crc.update(bytes, 0, length);
      map.arrived(block, (int) crc.getValue());
      present.incrementAndGet();
      keeping = true;
      return true;
    }
    keeping = false;
    counters.bypassed.add(length);
    ring.put(this, block, bytes, length);
    map.giveUp(block);
    return false;
  }

  private boolean isWritten(int block, byte[] bytes, int length) {
    if (files == null) return false;
    ByteBuffer from = ByteBuffer.wrap(bytes, 0, length);
    try {
      for (long at = layout.start(block); from.hasRemaining(); ) at += files.data().write(from, at);
      return true;
    } catch (IOException e) {
      LOG.debug("block {} of {} is not cached: {}", block, files.directory(), e.toString());
      return false;
    }
  }

  /**
   * Copies what is here from {@code at} on, up to {@code end} or the first gap.
   *
   * @return how many bytes; 0 where the first one is not here (any more): ask again or fetch it
   */
  int copy(long at, long end, ByteBuffer into) {
    int first = layout.blockAt(at);
    long punches = map.punches();
    if (map.state(first) == BlockMap.UNVERIFIED) verify(first);
    if (map.state(first) != BlockMap.PRESENT) return copyFromRing(first, at, end, into);
    int last = first;
    while (layout.end(last) < end && map.state(last + 1) == BlockMap.PRESENT) last++;
    int length = (int) (Math.min(end, layout.end(last)) - at);
    if (!isRead(at, into.slice(into.position(), length))) {
      abandonDisk();
      return 0;
    }
    // A hole may have been punched under the copy, and filled again: only the count tells.
    if (map.punches() != punches) return 0;
    into.position(into.position() + length);
    return length;
  }

  private int copyFromRing(int block, long at, long end, ByteBuffer into) {
    int most = (int) Math.min(into.remaining(), end - at);
    ByteBuffer part = into.slice(into.position(), most);
    int copied = ring.copy(this, block, (int) (at - layout.start(block)), part);
    if (copied <= 0) return 0;
    into.position(into.position() + copied);
    return copied;
  }

  private boolean isRead(long at, ByteBuffer into) {
    if (files == null) return false;
    try {
      while (into.hasRemaining()) {
        int count = files.data().read(into, at);
        if (count < 0) throw new IOException("the file is shorter than its object");
        at += count;
      }
      return true;
    } catch (IOException e) {
      LOG.warn("cache file {} cannot be read: {}", files.directory(), e.toString());
      return false;
    }
  }

  private void verify(int block) {
    ByteBuffer bytes = ByteBuffer.allocate(layout.length(block));
    if (!isRead(layout.start(block), bytes)) {
      abandonDisk();
      return;
    }
    var crc = new CRC32C();
    crc.update(bytes.flip());
    switch (map.settle(block, (int) crc.getValue())) {
      case BlockMap.PRESENT -> present.incrementAndGet();
      case BlockMap.ABSENT -> counters.damagedBlocks.increment();
      default -> {} // another reader was faster
    }
  }

  /** The disk does not give back what it took: what it holds is fetched again, through the ring. */
  private void abandonDisk() {
    onDisk = false;
    for (int block = 0; block < layout.blocks(); block++) map.lost(block);
    present.set(0);
  }

  /**
   * Gives disk space back, from the start of the object on.
   *
   * @param isSpare which blocks may go
   * @param bytes how much is needed
   * @return how much was given back
   */
  long giveBack(IntPredicate isSpare, long bytes) {
    if (files == null || !onDisk) return 0;
    long given = 0;
    for (int block = 0; block < layout.blocks() && given < bytes; ) {
      int end = block;
      while (end < layout.blocks()
          && layout.start(end) - layout.start(block) < bytes - given
          && isSpare.test(end)
          && map.takeBack(end)) end++;
      if (end > block) {
        given += punch(files, block, end);
        block = end;
      } else {
        block++;
      }
    }
    return given;
  }

  private long punch(ObjectFiles taken, int first, int end) {
    long start = layout.start(first);
    long length = layout.end(end - 1) - start;
    map.countPunch();
    present.addAndGet(first - end);
    try {
      HolePunch.punch(taken.directory().resolve(ObjectFiles.DATA), start, length);
      return length;
    } catch (IOException e) {
      LOG.warn("no space given back: {}", e.toString());
      return 0;
    } finally {
      for (int block = first; block < end; block++) map.giveUp(block);
    }
  }

  void countWait(long nanos) {
    counters.waitedNanos.add(nanos);
  }

  @Override
  public void close() {
    if (files == null) map.close();
  }
}
