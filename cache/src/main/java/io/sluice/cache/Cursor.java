package io.sluice.cache;

/**
 * Where one reader of a file is, as far as its reads tell.
 *
 * @param position the end of the furthest read so far, in bytes: what it needs next
 * @param run how many bytes it has read on its way there
 * @param fromStart whether it began at the first byte of the file, as readers of whole files do
 */
record Cursor(long position, long run, boolean fromStart) {
  /** Reads of one stream arrive out of order by several hundred KiB; so this is still "there". */
  static final long NEAR = 1 << 20;

  /** What a read of 1 MiB at any place comes to, in pieces and with the kernel's own read-ahead. */
  private static final long LONE_READ = 2 << 20;

  /** 16 threads that read 1 MiB each in turn, and the kernel ahead of each. */
  private static final long LONGEST_TRAIL = 32 << 20;

  private static final long SMALLEST_WINDOW = 1 << 20;

  /**
   * How far ahead of {@link #position} to fetch, in bytes: four times what was read in order, in
   * powers of two, so that what a reader leaves unread is bounded by what it has read. A reader in
   * the middle of a file has to come past {@link #LONE_READ} first: it must not look like a stream.
   */
  long window(long most) {
    if (!fromStart && run <= LONE_READ) return 0;
    long grown = 4 * Long.highestOneBit(Math.max(1, Math.min(run, most)));
    return Math.min(most, Math.max(SMALLEST_WINDOW, grown));
  }

  /**
   * How far behind {@link #position} its reads may still be, in bytes: threads that take turns with
   * one file are spread, and what one of them passed over another one reads next.
   */
  long trail(long mostAhead) {
    return Math.clamp(run, NEAR, Math.max(NEAR, Math.min(LONGEST_TRAIL, mostAhead)));
  }

  /** Whether a read of this range is a step of this reader. */
  boolean isNear(long start, long end, long mostAhead) {
    long reach = Math.max(NEAR, window(mostAhead));
    return start <= position + reach && end >= position - Math.max(NEAR, Math.min(run, reach));
  }

  /** A jump ahead within the window moves it, but does not count as reading in order. */
  Cursor after(long start, long end) {
    boolean isInOrder = start <= position + NEAR;
    return new Cursor(Math.max(position, end), isInOrder ? run + (end - start) : run, fromStart);
  }

  static Cursor startedBy(long start, long end) {
    return new Cursor(end, end - start, start == 0);
  }
}
