package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Decides what to fetch next for one file; pure. Asked each time a request could be started, so
 * there is no queue that could be out of date: it always answers from where the readers are now.
 *
 * @param layout of the file
 * @param limits how far and how much at once
 */
record ReadAhead(BlockLayout layout, Limits limits) {
  /**
   * How far ahead and how much at once.
   *
   * @param mostAhead widest window of one cursor, in bytes
   * @param smallestSpan of read-ahead: shorter ones wait until there is more to fetch, in bytes
   * @param largestSpan of anything, in bytes
   * @param parallelism requests in flight, among which a window is divided
   * @param largestObject that may be fetched as a whole, in bytes
   */
  record Limits(
      long mostAhead, long smallestSpan, long largestSpan, int parallelism, long largestObject) {
    Limits withLargestSpan(long bytes) {
      return new Limits(mostAhead, smallestSpan, bytes, parallelism, largestObject);
    }
  }

  /** Which blocks nobody has and nobody fetches. */
  @FunctionalInterface
  interface Missing {
    boolean isMissing(int block);
  }

  /** A file for which the rest is worth having once this much of it was read, if it is a model. */
  static final long MODEL_SHOWS_AFTER = 4 << 20;

  /** And any other file once this much of it was read in order. */
  static final long STREAM_SHOWS_AFTER = 64 << 20;

  /** Whether the file is being read as a whole, so that every byte of it will be wanted. */
  static boolean isWhole(Cursors cursors, boolean isModel) {
    if (isModel) return cursors.read() >= MODEL_SHOWS_AFTER;
    return cursors.list().stream().anyMatch(cursor -> cursor.run() >= STREAM_SHOWS_AFTER);
  }

  /**
   * The same decisions with so many bytes left to fetch: near the end spans get shorter, so that
   * all connections end at about the same time (guided self-scheduling, Polychronopoulos and Kuck
   * 1987).
   */
  ReadAhead withLeft(long bytes) {
    long share = bytes / limits.parallelism();
    long largest = Math.clamp(share, limits.smallestSpan(), limits.largestSpan());
    return new ReadAhead(layout, limits.withLargestSpan(largest));
  }

  /** Whether all of it may be here at once. */
  boolean isWorthAll() {
    return layout.size() <= limits.largestObject();
  }

  /**
   * Whether a read of this block is no stream's, as far as is known: nothing is read ahead of it.
   */
  boolean isLone(int block, Cursors cursors) {
    return windowAround(block, cursors) == 0;
  }

  /** Whether a reader is near a block or on its way there, so that it should stay. */
  boolean isNeeded(int block, Cursors cursors) {
    for (Cursor cursor : cursors.list()) {
      long ahead = Math.max(Cursor.NEAR, cursor.window(limits.mostAhead()));
      if (layout.end(block) > cursor.position() - Cursor.NEAR
          && layout.start(block) < cursor.position() + ahead) return true;
    }
    return false;
  }

  /**
   * For the reader that has waited longest for a block nobody fetches yet: that block, its
   * neighbours that are waited for too, and as much more as its cursor's window justifies.
   *
   * @param waitedFor blocks that readers wait for, the longest waiting first
   */
  Optional<Span> demand(
      SequencedSet<Integer> waitedFor, Cursors cursors, boolean whole, Missing missing) {
    for (int block : waitedFor) {
      if (!missing.isMissing(block)) continue;
      long justified =
          whole ? limits.largestSpan() : spanFor(windowAround(block, cursors), cursors);
      int most = (int) Math.max(1, justified / layout.blockSize());
      int largest = (int) Math.max(1, limits.largestSpan() / layout.blockSize());
      int first = block;
      while (block - first < largest / 2
          && waitedFor.contains(first - 1)
          && missing.isMissing(first - 1)) first--;
      int end = block + 1;
      while (end < layout.blocks()
          && end - first < largest
          && missing.isMissing(end)
          && (end - block < most || waitedFor.contains(end))) end++;
      return Optional.of(new Span(first, end, Urgency.DEMAND));
    }
    return Optional.empty();
  }

  /** The nearest missing blocks ahead of a cursor, within its window. */
  Optional<Span> readAhead(Cursors cursors, Missing missing) {
    Span best = null;
    long bestDistance = Integer.MAX_VALUE;
    for (Cursor cursor : cursors.list()) {
      long window = cursor.window(limits.mostAhead());
      if (window == 0) continue;
      int from = layout.blockAt(Math.min(cursor.position(), layout.size()));
      int to = layout.blockFrom(cursor.position() + window);
      int nearer = (int) Math.min(to, from + bestDistance);
      int first = firstMissing(from, nearer, missing);
      if (first < 0) continue;
      Optional<Span> span = cut(first, to, spanFor(window, cursors), missing, Urgency.READ_AHEAD);
      if (span.isEmpty()) continue;
      best = span.get();
      bestDistance = (long) first - from;
    }
    return Optional.ofNullable(best);
  }

  /** What is missing anywhere: first after the cursor that moved last, then from the start. */
  Optional<Span> whole(Cursors cursors, Missing missing) {
    int from = cursors.list().isEmpty() ? 0 : layout.blockAt(positionOf(cursors));
    int first = firstMissing(from, layout.blocks(), missing);
    if (first < 0) first = firstMissing(0, from, missing);
    if (first < 0) return Optional.empty();
    return cut(first, layout.blocks(), limits.largestSpan(), missing, Urgency.WHOLE);
  }

  private long positionOf(Cursors cursors) {
    return Math.min(cursors.list().getFirst().position(), layout.size());
  }

  private long windowAround(int block, Cursors cursors) {
    long start = layout.start(block);
    long window = 0;
    for (Cursor cursor : cursors.list())
      if (cursor.isNear(start, layout.end(block), limits.mostAhead()))
        window = Math.max(window, cursor.window(limits.mostAhead()));
    return window;
  }

  /**
   * A window is fetched by all connections at once, but not in crumbs; and where there are several
   * readers, each by its share of the connections.
   */
  private long spanFor(long window, Cursors cursors) {
    if (window == 0) return 0;
    int connections = Math.max(1, limits.parallelism() / Math.max(1, cursors.list().size()));
    return Math.clamp(window / connections, limits.smallestSpan(), limits.largestSpan());
  }

  /**
   * A run of missing blocks from {@code first}; none if it is a crumb only because the window ends
   * there: as the reader goes on it will be worth a request.
   */
  private Optional<Span> cut(int first, int to, long bytes, Missing missing, Urgency urgency) {
    int most = (int) Math.max(1, bytes / layout.blockSize());
    int end = first;
    while (end < to && end - first < most && missing.isMissing(end)) end++;
    boolean endsWithWindow = end == to && to < layout.blocks();
    if (endsWithWindow && layout.start(end) - layout.start(first) < limits.smallestSpan())
      return Optional.empty();
    return Optional.of(new Span(first, end, urgency));
  }

  private static int firstMissing(int from, int to, Missing missing) {
    for (int block = from; block < to; block++) if (missing.isMissing(block)) return block;
    return -1;
  }
}
