package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.Span.Urgency;
import io.sluice.store.ByteRange;
import io.sluice.store.StoreException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one file that are wanted without a reader who waits for them, and whether they are here.
 * Safe for use by many threads.
 */
final class Wish {
  private final Urgency urgency;
  private final BlockLayout layout;
  private final AtomicReference<Order> order;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  @GuardedBy("lock")
  private long told;

  @GuardedBy("lock")
  private @Nullable StoreException failure;

  /**
   * What is wanted, the first first.
   *
   * @param settled ranges before this one were seen complete
   * @param block blocks before this one of that range, too
   */
  private record Order(List<ByteRange> ranges, int settled, int block, Blocks all) {
    List<ByteRange> left() {
      return ranges.subList(settled, ranges.size());
    }
  }

  /** The blocks of some ranges, found out when they are first asked for. */
  private static final class Blocks {
    private volatile @Nullable BitSet known;

    BitSet of(BlockLayout layout, List<ByteRange> ranges) {
      BitSet blocks = known;
      if (blocks != null) return blocks;
      blocks = new BitSet(layout.blocks());
      for (ByteRange range : ranges)
        if (!range.isEmpty())
          blocks.set(layout.blockAt(range.start()), layout.blockFrom(range.end()));
      known = blocks;
      return blocks;
    }
  }

  private volatile int rank;

  /**
   * A wish for parts of a file.
   *
   * @param rank its place among the wishes of this urgency, of whichever file, the lower first
   * @param order what is wanted, the first first
   */
  Wish(Urgency urgency, int rank, BlockLayout layout, List<ByteRange> order) {
    this.urgency = urgency;
    this.rank = rank;
    this.layout = layout;
    this.order = new AtomicReference<>(new Order(List.copyOf(order), 0, 0, new Blocks()));
  }

  /** From now on this is wanted, in place of what was. */
  void replace(List<ByteRange> other, int newRank) {
    order.set(new Order(List.copyOf(other), 0, 0, new Blocks()));
    rank = newRank;
  }

  /** Its place among the wishes of its urgency; the lower first. */
  int rank() {
    return rank;
  }

  Urgency urgency() {
    return urgency;
  }

  /** What of it nobody has and nobody fetches: the first of it, at most so many bytes. */
  Optional<Span> next(long bytes, ReadAhead.Missing missing) {
    int most = (int) Math.max(1, bytes / layout.blockSize());
    for (ByteRange range : order.get().left()) {
      int end = layout.blockFrom(range.end());
      int first = layout.blockAt(range.start());
      while (first < end && !missing.isMissing(first)) first++;
      if (first == end) continue;
      int to = first + 1;
      while (to < end && to - first < most && missing.isMissing(to)) to++;
      return Optional.of(new Span(first, to, urgency));
    }
    return Optional.empty();
  }

  /** Whether a block is part of it, here or not. Takes no longer for many ranges than for one. */
  boolean wants(int block) {
    Order now = order.get();
    return now.all().of(layout, now.ranges()).get(block);
  }

  /** Bytes in all its ranges. */
  long bytes() {
    return count(order.get().ranges(), _ -> true);
  }

  /**
   * Bytes of these that are not kept yet. What was seen complete at the start is not looked at
   * again, before all of it seems to be.
   */
  long missing(ReadAhead.Missing isAbsent) {
    Order now = order.get();
    Order seen = seen(now, isAbsent);
    if (seen.left().isEmpty()) {
      seen = seen(new Order(now.ranges(), 0, 0, now.all()), isAbsent); // some may have gone again
      if (seen.left().isEmpty()) return 0;
    }
    order.compareAndSet(now, seen); // or it was replaced meanwhile
    List<ByteRange> left = seen.left();
    return countIn(left.getFirst(), seen.block(), isAbsent)
        + count(left.subList(1, left.size()), isAbsent);
  }

  private Order seen(Order now, ReadAhead.Missing isAbsent) {
    int block = now.block();
    for (int settled = now.settled(); settled < now.ranges().size(); settled++, block = 0) {
      ByteRange range = now.ranges().get(settled);
      int end = layout.blockFrom(range.end());
      block = Math.max(block, layout.blockAt(range.start()));
      while (block < end && !isAbsent.isMissing(block)) block++;
      if (block < end) return new Order(now.ranges(), settled, block, now.all());
    }
    return new Order(now.ranges(), now.ranges().size(), 0, now.all());
  }

  private long count(List<ByteRange> ranges, ReadAhead.Missing which) {
    long bytes = 0;
    for (ByteRange range : ranges) bytes += countIn(range, 0, which);
    return bytes;
  }

  private long countIn(ByteRange range, int first, ReadAhead.Missing which) {
    long bytes = 0;
    int block = Math.max(first, layout.blockAt(range.start()));
    for (int end = layout.blockFrom(range.end()); block < end; block++)
      if (which.isMissing(block))
        bytes +=
            Math.min(range.end(), layout.end(block)) - Math.max(range.start(), layout.start(block));
    return bytes;
  }

  /** A request has ended, well or not: there may be something new to see. */
  void tell(@Nullable StoreException reason) {
    lock.lock();
    try {
      told++;
      if (reason != null) failure = reason;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a request for it has failed. */
  boolean hasFailed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** How often it was told something; for {@link #awaitNews}. */
  long told() {
    lock.lock();
    try {
      return told;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is told something after {@code seen}, or the time is over.
   *
   * @throws StoreException what a request for it failed with
   */
  void awaitNews(long seen, long nanos) throws StoreException, InterruptedException {
    lock.lock();
    try {
      for (long left = nanos; told == seen && failure == null && left > 0; )
        left = news.awaitNanos(left);
      if (failure != null) throw failure;
    } finally {
      lock.unlock();
    }
  }
}
