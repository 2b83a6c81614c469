package io.sluice.cache;

import io.sluice.cache.Arrivals.Expectation;
import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.Span.Urgency;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One object version being read, through however many handles: its blocks, what is wanted of it,
 * who waits for what. Safe for use by many threads; nothing here waits but {@link #read}.
 */
final class VersionFile {
  /** Once it has been closed it cannot be opened again: another one takes its place. */
  private static final int CLOSED = -1;

  /** Of a very long read this much at once; the kernel's are two blocks at most. */
  private static final int MOST_WAITED_FOR = 64;

  /**
   * The kernel cuts a read into pieces of 128 KiB and sends them at once: so long the first one
   * waits for the others as long as they keep coming, that one request may bring them all.
   */
  private static final Duration LINGER = Duration.ofNanos(250_000);

  /** A fraction of a round trip. */
  private static final long LONGEST_LINGER_NANOS = 1_500_000;

  /** A block that another process fetches is looked at so often: soon, then less and less. */
  private static final long SHORTEST_LOOK_NANOS = 1_000_000;

  private static final long LONGEST_LOOK_NANOS = 10_000_000;

  /** And one that we fetch, or will: the request for it may need help. */
  private static final long OWN_LOOK_NANOS = 100_000_000;

  private final ObjectName name;
  private final ObjectVersion version;
  private final Blocks blocks;
  private final Interest interest;
  private final Fetching settings;

  /** Handles, wishes, and requests under way. */
  private final AtomicInteger references = new AtomicInteger();

  private final AtomicInteger handles = new AtomicInteger();

  /** After a fetch failed nothing is read ahead until one has succeeded again. */
  private volatile boolean failing;

  VersionFile(
      ObjectName name,
      ObjectVersion version,
      Blocks blocks,
      Interest.Policies policies,
      Fetching settings) {
    this.name = name;
    this.version = version;
    this.blocks = blocks;
    this.interest = new Interest(version, blocks, policies, settings);
    this.settings = settings;
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

  Interest interest() {
    return interest;
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

  void wish(Wish wish) {
    failing = false; // it was others who failed
    interest.add(wish);
  }

  void drop(Wish wish) {
    interest.remove(wish);
  }

  /** Whether anybody reads it. */
  boolean hasReaders() {
    return handles.get() > 0;
  }

  /** Whether anybody has it open, or wishes for it: else what is fetched of it is for nobody. */
  boolean isWanted() {
    return hasReaders() || interest.hasWishes();
  }

  /** Whether it still makes sense to fetch this block. */
  boolean isWanted(int block) {
    boolean isWished = interest.hasWishes() && blocks.isKeeping();
    return isWished || (hasReaders() && interest.isNeeded(block));
  }

  /** Whether it is being fetched as a whole, and no more than this is left to fetch, in bytes. */
  boolean isNearlyHere(long bytes) {
    return interest.isWhole() && blocks.bytesLeft() <= bytes;
  }

  // Reading.

  /** As {@link CachedObject#read}; {@code fetcher} is told what is wanted. */
  int read(long offset, ByteBuffer into, Fetcher fetcher) throws StoreException {
    if (offset < 0) throw new IllegalArgumentException("negative offset " + offset);
    if (offset >= version.size()) return 0;
    long end = Math.min(version.size(), offset + into.remaining());
    interest.readerAt(offset, end);
    boolean isLone = false; // and of what is complete nothing has to be fetched
    if (!blocks.isComplete()) {
      isLone = interest.isLone(offset);
      // Who has to wait asks for that first: then one request brings it and what follows.
      if (!isLone && blocks.isHere(blocks.layout().blockAt(offset))) fetcher.readerMoved();
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
    try (Expectation expectation = interest.arrivals().expect(needed)) {
      if (blocks.isHere(first)) return; // it came before we said that we wait
      if (fetcher.isClosed())
        throw new StoreException.Unavailable("closed while reading " + version.key(), null);
      if (isLone) linger();
      if (!isThereNews(expectation, first, fetcher))
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

  /** Not by parking: what woke this thread from its last wait may have left it a permit. */
  private void linger() throws InterruptedException {
    long until = System.nanoTime() + LONGEST_LINGER_NANOS;
    int before;
    int waiting = interest.arrivals().waiting();
    do {
      before = waiting;
      Thread.sleep(LINGER);
      waiting = interest.arrivals().waiting();
    } while (waiting > before && System.nanoTime() < until);
  }

  /**
   * Waits for a block that somebody fetches: we, and then we are told; or another process, and then
   * we look. False where the time ran out.
   */
  private boolean isThereNews(Expectation expectation, int block, Fetcher fetcher)
      throws StoreException, InterruptedException {
    long deadline = System.nanoTime() + settings.readDeadline().toNanos();
    long pause = SHORTEST_LOOK_NANOS;
    // Most who wait do for a block that is on its way.
    if (blocks.isMissing(block)) fetcher.readerWaits();
    else fetcher.readerMoved();
    while (true) {
      boolean isElsewhere = blocks.others().isFetching(block);
      long left = deadline - System.nanoTime();
      if (left <= 0) return false;
      if (expectation.await(block, Math.min(left, isElsewhere ? pause : OWN_LOOK_NANOS)))
        return true;
      if (blocks.isHere(block)) return true;
      if (isElsewhere) {
        blocks.others().look();
        pause = Math.min(2 * pause, LONGEST_LOOK_NANOS);
      }
      if (!isElsewhere || blocks.isMissing(block)) fetcher.readerStillWaits(this, block);
    }
  }

  // What to fetch, and what became of it.

  /** How much of it is still to come, as far as it is wanted as a whole; in bytes. */
  long bytesWanted() {
    return interest.hasWishes() || interest.isWhole() ? blocks.bytesLeft() : 0;
  }

  /** See {@link Interest#plannedRank}. */
  int plannedRank() {
    return interest.plannedRank();
  }

  /** Claims the blocks of {@link Interest#next}. One caller at a time. */
  Optional<Span> claimNext(Urgency urgency, long bytesLeft, int requests) {
    if (blocks.isComplete()) return Optional.empty();
    if (failing && urgency != Urgency.DEMAND) return Optional.empty();
    return interest.next(urgency, bytesLeft, requests).flatMap(blocks::claim);
  }

  /** Whether a block was claimed and has not come yet. */
  boolean isExpected(int block) {
    return blocks.isExpected(block);
  }

  /** A claimed block has come; true where it was kept. */
  boolean arrived(int block, ByteBuffer bytes, boolean keep) {
    boolean kept = blocks.arrived(block, bytes, keep);
    failing = false;
    interest.arrivals().look(block);
    interest.order().learn();
    return kept;
  }

  /** Claimed blocks that are not coming because nobody wants them any more. */
  void givenUp(int first, int end) {
    for (int block = first; block < end; block++) {
      blocks.giveUp(block);
      interest.arrivals().look(block);
    }
  }

  /**
   * Claimed blocks that are not coming because the store failed.
   *
   * @param expected see {@link Arrivals#failed}
   */
  void failed(int first, int end, StoreException reason, long expected) {
    failing = true;
    // In this order: who is not told of this, and only looks, can ask for them again at once.
    for (int block = first; block < end; block++) blocks.giveUp(block);
    interest.arrivals().failed(first, end, reason, expected);
    interest.tellWishes(reason);
  }

  /** A request for it is over. */
  void fetchEnded() {
    interest.tellWishes(null);
  }

  /** Gives disk space back that nobody needs; see {@link Blocks#giveBack}. */
  long giveBack(long bytes) {
    return blocks.giveBack(block -> !interest.isHeldFor(block), bytes);
  }
}
