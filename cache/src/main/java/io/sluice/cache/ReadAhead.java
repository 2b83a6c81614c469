package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import io.sluice.store.ByteRange;
import java.util.List;
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
    /**
     * What is read ahead has to find its place beside what other files read ahead.
     *
     * @param place for all of them, in bytes
     */
    static Limits within(long place, CacheSettings.Fetching fetching) {
      CacheSettings.Spans spans = fetching.spans();
      int parallelism = fetching.parallelism();
      long ahead = Math.clamp(place / 4, spans.smallest(), spans.mostAhead());
      long span = Math.clamp(place / 4 / parallelism, spans.smallest(), spans.largest());
      return new Limits(ahead, spans.smallest(), span, parallelism, place / 2);
    }

    /** Of what passes through memory; how far it may reach is said each time. */
    static Limits passing(CacheSettings.Fetching fetching) {
      CacheSettings.Spans spans = fetching.spans();
      return new Limits(
          spans.mostAhead(), spans.smallest(), spans.largest(), fetching.parallelism(), 0);
    }

    Limits sharing(long largest, int requests) {
      return new Limits(mostAhead, smallestSpan, largest, requests, largestObject);
    }
  }

  /** Which blocks nobody has and nobody fetches. */
  @FunctionalInterface
  interface Missing {
    boolean isMissing(int block);
  }

  /**
   * Of a reader for whose request others wait, in bytes: a tenth of a second at 80 MB/s, which is
   * five times what a request takes to begin.
   */
  private static final long LONGEST_TURN = 8 << 20;

  /** A model of which this much was read is being loaded, in bytes. */
  static final long MODEL_SHOWS_AFTER = 1 << 20;

  /** And any other file of which this much was read in order. */
  static final long STREAM_SHOWS_AFTER = 64 << 20;

  /** Whether every byte of the file will be wanted. */
  static boolean isWhole(Cursors cursors, WholeFiles.Mode mode, boolean isModel) {
    return switch (mode) {
      case OFF -> false;
      case WHOLE -> true;
      case AUTO -> isModel ? cursors.read() >= MODEL_SHOWS_AFTER : cursors.hasLongRun();
    };
  }

  /**
   * The same decisions with so many bytes left to fetch by so many requests at once: near the end
   * spans get shorter, so that all connections end at about the same time (guided self-scheduling,
   * Polychronopoulos and Kuck 1987).
   */
  ReadAhead sharing(long bytesLeft, int requests) {
    long share = bytesLeft / requests;
    long largest = Math.clamp(share, limits.smallestSpan(), limits.largestSpan());
    return new ReadAhead(layout, limits.sharing(largest, requests));
  }

  /**
   * The same decisions where one reader has so much room, in bytes: all connections together fill
   * it, and what a reader leaves free is asked for in pieces that are worth a request.
   */
  ReadAhead within(long room) {
    long all = Math.clamp(room, limits.smallestSpan(), limits.mostAhead());
    long each = Math.clamp(all / limits.parallelism(), limits.smallestSpan(), limits.largestSpan());
    long least = Math.max(limits.smallestSpan(), each / 2);
    return new ReadAhead(
        layout, new Limits(all, least, each, limits.parallelism(), limits.largestObject()));
  }

  /**
   * What a model's first read is worth, before it is known whether the file is only looked at: a
   * small span on each connection.
   */
  Optional<Span> opening(Cursors cursors, Missing missing) {
    for (Cursor cursor : cursors.list()) {
      if (!cursor.fromStart()) continue;
      int from = layout.blockAt(Math.min(cursor.position(), layout.size()));
      int to = layout.blockFrom(cursor.position() + limits.parallelism() * limits.smallestSpan());
      int first = firstMissing(from, to, missing);
      if (first >= 0) return cut(first, to, limits.smallestSpan(), missing, Urgency.READ_AHEAD);
    }
    return Optional.empty();
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
      if (layout.end(block) > cursor.position() - cursor.trail(limits.mostAhead())
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
      if (areMany(waitedFor, missing)) justified = Math.min(justified, LONGEST_TURN);
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

  /** Whether more places wait for a request than there are requests. */
  private boolean areMany(SequencedSet<Integer> waitedFor, Missing missing) {
    int places = 0;
    for (int block : waitedFor)
      if (missing.isMissing(block) && !waitedFor.contains(block - 1)) places++;
    return places > Pace.extra(limits.parallelism());
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

  /**
   * What is missing anywhere: first after the cursor that moved last, then what comes next in the
   * order of the file, and at last what was passed over.
   *
   * @param order in which readers of such a file go through it; covers all of it
   */
  Optional<Span> whole(Cursors cursors, List<ByteRange> order, Missing missing) {
    long position = cursors.list().isEmpty() ? 0 : cursors.list().getFirst().position();
    int at = 0;
    while (at < order.size() - 1 && !isIn(order.get(at), position)) at++;
    int ranges = order.size();
    for (int i = 0; i <= ranges; i++) {
      ByteRange range = order.get((at + i) % ranges);
      boolean isFirst = i == 0 && isIn(range, position);
      int from = layout.blockAt(isFirst ? position : range.start());
      int to = layout.blockFrom(range.end());
      int first = firstMissing(from, to, missing);
      if (first < 0) continue;
      // Small tensors beside each other in the file come together, wherever they are in the order.
      int least = layout.blockFrom(layout.start(first) + limits.smallestSpan());
      return cut(first, Math.max(to, least), limits.largestSpan(), missing, Urgency.WHOLE);
    }
    return Optional.empty();
  }

  private static boolean isIn(ByteRange range, long position) {
    return range.start() <= position && position < range.end();
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
    int end = first + 1; // not asked for again: another process may have claimed it meanwhile
    while (end < to && end - first < most && missing.isMissing(end)) end++;
    boolean isWindow = urgency == Urgency.READ_AHEAD;
    boolean endsWithWindow = isWindow && end == to && to < layout.blocks();
    if (endsWithWindow && layout.start(end) - layout.start(first) < limits.smallestSpan())
      return Optional.empty();
    return Optional.of(new Span(first, end, urgency));
  }

  private static int firstMissing(int from, int to, Missing missing) {
    for (int block = from; block < to; block++) if (missing.isMissing(block)) return block;
    return -1;
  }
}
