package io.sluice.cache;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.Span.Urgency;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One object version being read, through however many handles: its blocks, where its readers are,
 * who waits for what. Safe for use by many threads; nothing here waits but {@link #read}.
 */
final class VersionFile {
  /** Once it has been closed it cannot be opened again: another one takes its place. */
  private static final int CLOSED = -1;

  /** Of a very long read this much at once; the kernel's are two blocks at most. */
  private static final int MOST_WAITED_FOR = 64;

  /**
   * The kernel cuts a read into pieces of 128 KiB and sends them at once: so long the first one
   * waits for the others, that one request may bring them all. A hundredth of a round trip.
   */
  private static final long LINGER_NANOS = 300_000;

  /**
   * How far ahead to fetch.
   *
   * @param kept where what is fetched stays
   * @param passing where it does not: no further than the memory ring reaches
   */
  record Policies(ReadAhead kept, ReadAhead passing) {}

  private final ObjectName name;
  private final ObjectVersion version;
  private final Blocks blocks;
  private final Policies policies;
  private final Fetching settings;
  private final boolean isModel;
  private final Arrivals arrivals = new Arrivals();
  private final AtomicReference<Cursors> cursors = new AtomicReference<>(Cursors.NONE);

  /** Handles, and requests under way. */
  private final AtomicInteger references = new AtomicInteger();

  private final AtomicInteger handles = new AtomicInteger();

  /** After a fetch failed nothing is read ahead until one has succeeded again. */
  private volatile boolean failing;

  VersionFile(
      ObjectName name, ObjectVersion version, Blocks blocks, Policies policies, Fetching settings) {
    this.name = name;
    this.version = version;
    this.blocks = blocks;
    this.policies = policies;
    this.settings = settings;
    this.isModel = settings.isModel(version.key());
  }

  ObjectName name() {
    return name;
  }

  ObjectVersion version() {
    return version;
  }

  Blocks blocks() {
    return blocks;
  }

  // References: its owner closes it when the last one goes.

  /** False where it is closed already. */
  boolean retain() {
    while (true) {
      int now = references.get();
      if (now == CLOSED) return false;
      if (references.compareAndSet(now, now + 1)) return true;
    }
  }

  /** True for the one caller that has to close it. */
  boolean release() {
    return references.decrementAndGet() == 0 && references.compareAndSet(0, CLOSED);
  }

  void handleOpened() {
    handles.incrementAndGet();
  }

  void handleClosed() {
    handles.decrementAndGet();
  }

  /** Whether anybody has it open: else what is fetched of it is for nobody. */
  boolean isWanted() {
    return handles.get() > 0;
  }

  // Reading.

  /** As {@link CachedObject#read}; {@code fetcher} is told what is wanted. */
  int read(long offset, ByteBuffer into, Fetcher fetcher) throws StoreException {
    if (offset < 0) throw new IllegalArgumentException("negative offset " + offset);
    if (offset >= version.size()) return 0;
    long end = Math.min(version.size(), offset + into.remaining());
    cursors.updateAndGet(now -> now.after(offset, end, readAhead().limits().mostAhead()));
    boolean isLone = false; // and of what is complete nothing has to be fetched
    if (!blocks.isComplete()) {
      isLone = readAhead().isLone(blocks.layout().blockAt(offset), cursors.get());
      if (!isLone) fetcher.readerMoved();
    }
    long at = offset;
    while (at < end) {
      int copied = blocks.copy(at, end, into);
      at += copied;
      if (copied == 0) await(at, end, isLone, fetcher);
    }
    return (int) (end - offset);
  }

  private void await(long at, long end, boolean isLone, Fetcher fetcher) throws StoreException {
    int first = blocks.layout().blockAt(at);
    int last = Math.min(blocks.layout().blockAt(end - 1), first + MOST_WAITED_FOR - 1);
    List<Integer> needed = new ArrayList<>();
    for (int block = first; block <= last; block++)
      if (block == first || !blocks.isHere(block)) needed.add(block);
    long started = System.nanoTime();
    try (Arrivals.Expectation expectation = arrivals.expect(needed)) {
      if (blocks.isHere(first)) return; // it came before we said that we wait
      if (fetcher.isClosed())
        throw new StoreException.Unavailable("closed while reading " + version.key(), null);
      if (isLone) LockSupport.parkNanos(LINGER_NANOS);
      fetcher.readerWaits();
      if (!expectation.await(first, settings.readDeadline().toNanos()))
        throw new StoreException.Unavailable(
            "no bytes of %s at %d within %s".formatted(version.key(), at, settings.readDeadline()),
            null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while reading " + version.key(), e);
    } finally {
      blocks.countWait(System.nanoTime() - started);
    }
  }

  // What to fetch, and what became of it.

  /** Claims what is wanted next with this urgency. One caller at a time. */
  Optional<Span> claimNext(Urgency urgency) {
    if (blocks.isComplete()) return Optional.empty();
    Cursors now = cursors.get();
    boolean whole =
        blocks.isKeeping() && readAhead().isWorthAll() && ReadAhead.isWhole(now, isModel);
    ReadAhead policy = readAhead().withLeft(blocks.bytesLeft());
    Optional<Span> wanted =
        switch (urgency) {
          case DEMAND -> policy.demand(arrivals.waitedFor(), now, whole, blocks::isMissing);
          case READ_AHEAD -> failing ? Optional.empty() : policy.readAhead(now, blocks::isMissing);
          case WHOLE -> failing || !whole ? Optional.empty() : policy.whole(now, blocks::isMissing);
        };
    return wanted.flatMap(blocks::claim);
  }

  /** A claimed block has come; true where it was kept. */
  boolean arrived(int block, byte[] bytes, boolean keep) {
    boolean kept = blocks.arrived(block, bytes, keep);
    failing = false;
    arrivals.look(block);
    return kept;
  }

  /** Claimed blocks that are not coming because nobody wants them any more. */
  void givenUp(int first, int end) {
    for (int block = first; block < end; block++) {
      blocks.giveUp(block);
      arrivals.look(block);
    }
  }

  /** Claimed blocks that are not coming because the store failed. */
  void failed(int first, int end, StoreException reason) {
    failing = true;
    for (int block = first; block < end; block++) blocks.giveUp(block);
    arrivals.failed(first, end, reason);
  }

  /** Gives disk space back that no reader is near; see {@link Blocks#giveBack}. */
  long giveBack(long bytes) {
    Cursors now = cursors.get();
    return blocks.giveBack(block -> !policies.kept().isNeeded(block, now), bytes);
  }

  private ReadAhead readAhead() {
    return blocks.isKeeping() ? policies.kept() : policies.passing();
  }
}
