package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one version, as far as they are here: in its cache file, or, where the disk does not
 * take them, for a moment in the memory ring. Never gives bytes it is not sure of. Safe for use by
 * many threads.
 */
final class Blocks implements AutoCloseable {
  private final BlockLayout layout;
  private final @Nullable CacheFile file;
  private final BlockMap map;
  private final MemoryRing ring;
  private final FileCounters counters;
  private final OtherFetchers others;
  private final VerifyAhead ahead;

  /** Blocks before it are PRESENT, as far as we know: others may drop them, too. */
  private final AtomicInteger firstGap = new AtomicInteger();

  /** Whether the block that came last was kept. */
  private volatile boolean keeping;

  private Blocks(
      BlockLayout layout, @Nullable SharedFiles shared, MemoryRing ring, FileCounters counters) {
    this.layout = layout;
    this.file = shared == null ? null : new CacheFile(layout, shared, counters);
    this.map = shared == null ? BlockMap.inMemory(layout) : shared.files().map();
    this.ring = ring;
    this.counters = counters;
    this.keeping = shared != null;
    this.others = shared == null ? OtherFetchers.none(map) : shared.others();
    Executor threads = shared == null ? Runnable::run : shared.verifiers();
    int parallelism = SharedFiles.parallelism();
    this.ahead = new VerifyAhead(layout, this::verify, threads, parallelism, VerifyAhead.PATIENCE);
  }

  static Blocks inFiles(
      BlockLayout layout, SharedFiles shared, MemoryRing ring, FileCounters counters) {
    return new Blocks(layout, shared, ring, counters);
  }

  /** Of a version that cannot have files now: every block passes through the ring. */
  static Blocks inMemory(BlockLayout layout, MemoryRing ring, FileCounters counters) {
    return new Blocks(layout, null, ring, counters);
  }

  BlockLayout layout() {
    return layout;
  }

  /** Where to count what is read of it. */
  FileCounters counters() {
    return counters;
  }

  Optional<ObjectFiles> files() {
    return Optional.ofNullable(file).map(kept -> kept.shared().files());
  }

  /** Whether there is a file to keep blocks in. */
  boolean isOnDisk() {
    return file != null && file.isUsable();
  }

  /** Whether blocks that come are kept: else only as many are of use as the ring holds. */
  boolean isKeeping() {
    return keeping;
  }

  /** While blocks are not kept: how much of it should be on its way to readers, in bytes. */
  long roomToPass() {
    return ring.share(this);
  }

  /** Whether every block is in the file and may be served, whoever fetched it. */
  boolean isComplete() {
    int known = firstGap.get();
    int gap = known;
    while (gap < layout.blocks() && map.state(gap) == BlockMap.PRESENT) gap++;
    if (gap > known) firstGap.compareAndSet(known, gap);
    return gap == layout.blocks();
  }

  /**
   * About how much is not in the file yet, whether it is on its way or not; 0 where it is complete.
   */
  long bytesLeft() {
    if (isComplete()) return 0;
    return (long) Math.max(1, layout.blocks() - map.heldAbout()) * layout.blockSize();
  }

  /** Whether a block is said to be in the file. */
  boolean isHeld(int block) {
    if (map.isHeld(block)) return true;
    firstGap.updateAndGet(gap -> Math.min(gap, block)); // it may have been dropped
    return false;
  }

  /** Whether a block is in the file and what was written; read now, and dropped where it is not. */
  boolean isSound(int block) {
    return file != null && file.isSound(block);
  }

  /** Whether a reader would find it if it looked now. */
  boolean isHere(int block) {
    return isHeld(block) || ring.holds(this, block);
  }

  /** Other processes that fetch blocks of it. */
  OtherFetchers others() {
    return others;
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

  /** Whether we have claimed it and it has not come yet. */
  boolean isExpected(int block) {
    return map.isOurs(block);
  }

  /** A claimed block is not coming after all. */
  void giveUp(int block) {
    map.giveUp(block);
  }

  /**
   * A claimed block has come.
   *
   * @param bytes all of it, from the buffer's position to its limit; is not changed
   * @param keep whether there is room for it on the disk
   * @return whether it was kept: else it can be read for a moment, and is not there for the next
   *     one, or somebody else who took it over keeps it
   */
  boolean arrived(int block, ByteBuffer bytes, boolean keep) {
    int length = bytes.remaining();
    if (keep && file != null && file.isWritten(block, bytes.duplicate())) {
      var crc = new CRC32C();
      crc.update(bytes.duplicate());
      keeping = true;
      if (map.arrived(block, (int) crc.getValue())) {
        file.shared().room().wrote(length);
        return true;
      }
      ring.put(this, block, bytes); // for readers of ours that wait
      return false;
    }
    keeping = false;
    counters.bypassed(length);
    ring.put(this, block, bytes);
    map.giveUp(block);
    return false;
  }

  /**
   * Copies what is here from {@code at} on, up to {@code end} or the first gap.
   *
   * @return how many bytes; 0 where the first one is not here (any more): ask again or fetch it
   */
  int copy(long at, long end, ByteBuffer into) {
    int first = layout.blockAt(at);
    long punches = map.punches();
    if (map.state(first) == BlockMap.UNVERIFIED) {
      ahead.readerAt(first);
      verify(first, layout.blockAt(end - 1) + 1);
    }
    if (map.state(first) != BlockMap.PRESENT) return copyFromRing(first, at, end, into);
    int last = first;
    while (layout.end(last) < end && map.state(last + 1) == BlockMap.PRESENT) last++;
    int length = (int) (Math.min(end, layout.end(last)) - at);
    if (file == null || !file.isRead(at, into.slice(into.position(), length))) return 0;
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

  /** Those of the blocks that were written in an earlier boot. */
  private void verify(int first, int end) {
    if (file != null) file.verify(first, end);
  }

  /**
   * Gives disk space back, from the start of the object on; none where another process has it open,
   * since only that one knows where its readers are.
   *
   * @param isSpare which blocks may go
   * @param bytes how much is needed
   * @return how much was given back
   */
  long giveBack(IntPredicate isSpare, long bytes) {
    return file == null ? 0 : file.giveBack(isSpare, bytes);
  }

  void countWait(long nanos) {
    counters.waited(nanos);
  }

  /** What is being verified ends; the files themselves are closed by who opened them. */
  @Override
  public void close() {
    ahead.close();
    ring.closed(this);
    if (file == null) map.close();
  }
}
