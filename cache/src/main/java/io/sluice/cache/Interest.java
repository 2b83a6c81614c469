package io.sluice.cache;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.Span.Urgency;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of one file, and how urgently: by readers, from where they are and what they wait
 * for; by whoever wishes for parts of it; and as a whole, where that is how such files are read.
 * Safe for use by many threads.
 */
final class Interest {
  /**
   * How far ahead to fetch.
   *
   * @param kept where what is fetched stays
   * @param passing where it does not: no further than its share of the memory ring reaches
   */
  record Policies(ReadAhead kept, ReadAhead passing) {}

  private final Blocks blocks;
  private final Policies policies;
  private final WholeFiles.Mode mode;
  private final boolean isModel;
  private final Arrivals arrivals = new Arrivals();
  private final FileOrder order;
  private final AtomicReference<Cursors> cursors = new AtomicReference<>(Cursors.NONE);
  private final CopyOnWriteArrayList<Wish> wishes = new CopyOnWriteArrayList<>();

  Interest(ObjectVersion version, Blocks blocks, Policies policies, Fetching settings) {
    this.blocks = blocks;
    this.policies = policies;
    this.mode = settings.whole().mode();
    this.isModel = settings.isModel(version.key());
    this.order = new FileOrder(blocks, isModel && mode != WholeFiles.Mode.OFF);
  }

  /** Who waits for which block. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** In which order it is fetched as a whole. */
  FileOrder order() {
    return order;
  }

  void add(Wish wish) {
    wishes.add(wish);
  }

  void remove(Wish wish) {
    wishes.remove(wish);
  }

  boolean hasWishes() {
    return !wishes.isEmpty();
  }

  /** Where it comes in turn among files of which something is planned; last where nothing is. */
  int plannedRank() {
    int rank = Integer.MAX_VALUE;
    for (Wish wish : wishes)
      if (wish.urgency() == Urgency.PLANNED) rank = Math.min(rank, wish.rank());
    return rank;
  }

  /** A request has ended; {@code reason} is why it failed. */
  void tellWishes(@Nullable StoreException reason) {
    for (Wish wish : wishes) wish.tell(reason);
  }

  /** Somebody reads these bytes. */
  void readerAt(long start, long end) {
    cursors.updateAndGet(now -> now.after(start, end, readAhead(now).limits().mostAhead()));
  }

  /** Whether a read there is no stream's, as far as is known: nothing is read ahead of it. */
  boolean isLone(long offset) {
    Cursors now = cursors.get();
    return readAhead(now).isLone(blocks.layout().blockAt(offset), now);
  }

  /** Whether every byte of it will be wanted, and may be here at once. */
  boolean isWhole() {
    return isWhole(cursors.get());
  }

  private boolean isWhole(Cursors now) {
    return blocks.isKeeping()
        && policies.kept().isWorthAll()
        && ReadAhead.isWhole(now, mode, isModel);
  }

  /** Whether readers still need this block, or will. */
  boolean isNeeded(int block) {
    Cursors now = cursors.get();
    return isWhole(now) || readAhead(now).isNeeded(block, now) || arrivals.isWaitedFor(block);
  }

  /** Whether a block has to stay where it is: a reader is near, or somebody wishes for it. */
  boolean isHeldFor(int block) {
    for (Wish wish : wishes) if (wish.wants(block)) return true;
    return policies.kept().isNeeded(block, cursors.get());
  }

  /**
   * What nobody has and nobody fetches, and is wanted next with this urgency.
   *
   * @param bytesLeft wanted of all files together
   * @param requests that share them
   */
  Optional<Span> next(Urgency urgency, long bytesLeft, int requests) {
    Cursors now = cursors.get();
    boolean whole = isWhole(now);
    ReadAhead policy = readAhead(now).sharing(Math.max(bytesLeft, blocks.bytesLeft()), requests);
    return switch (urgency) {
      case DEMAND -> policy.demand(arrivals.waitedFor(), now, whole, blocks::isMissing);
      case READ_AHEAD -> readAhead(policy, now, whole);
      case WHOLE -> whole ? whole(policy, now) : Optional.empty();
      case PLANNED, LATER -> wished(urgency, policy.limits().largestSpan());
    };
  }

  private Optional<Span> readAhead(ReadAhead policy, Cursors now, boolean whole) {
    Optional<Span> ahead = policy.readAhead(now, blocks::isMissing);
    boolean isOpening = isModel && !whole && mode == WholeFiles.Mode.AUTO;
    return ahead.isPresent() || !isOpening ? ahead : policy.opening(now, blocks::isMissing);
  }

  private Optional<Span> whole(ReadAhead policy, Cursors now) {
    Optional<Span> first = order.neededToKnow(blocks::isMissing);
    return first.isPresent() ? first : policy.whole(now, order.ranges(), blocks::isMissing);
  }

  private Optional<Span> wished(Urgency urgency, long bytes) {
    if (!blocks.isKeeping()) return Optional.empty(); // it would be gone before anybody reads it
    for (Wish wish : wishes) {
      if (wish.urgency() != urgency) continue;
      Optional<Span> span = wish.next(bytes, blocks::isMissing);
      if (span.isPresent()) return span;
    }
    return Optional.empty();
  }

  private ReadAhead readAhead(Cursors now) {
    if (blocks.isKeeping()) return policies.kept();
    return policies.passing().within(blocks.roomToPass() / Math.max(1, now.list().size()));
  }
}
