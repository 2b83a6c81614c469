package io.sluice.cache;

import io.sluice.store.ByteRange;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A program of a {@link Replay}: its reads in the order in which they reach us.
 *
 * @param reads what is left of them
 * @param outstanding how many it has under way at once: what the kernel reads ahead, and its
 *     threads
 * @param burst so many are sent at once
 * @param nanosPerRead how long each takes when everything is here
 */
record Reader(ArrayDeque<ByteRange> reads, int outstanding, int burst, long nanosPerRead) {
  /** 128 KiB at 2 GB/s. */
  private static final long USUAL_NANOS = 64_000;

  /** Its read-ahead of 1 MiB, or as much of a read. */
  private static final int KERNELS_BURST = 8;

  private static final long PIECE = 128 << 10;

  static Reader of(List<ByteRange> reads, int outstanding) {
    int burst = Math.min(outstanding, KERNELS_BURST);
    return new Reader(new ArrayDeque<>(reads), outstanding, burst, USUAL_NANOS);
  }

  /** From here to there, as the kernel cuts it into pieces, eight of them at once. */
  static Reader ofAll(long start, long end) {
    var reads = new ArrayDeque<ByteRange>();
    for (long at = start; at < end; at += PIECE)
      reads.add(new ByteRange(at, Math.min(end, at + PIECE)));
    return new Reader(reads, 16, KERNELS_BURST, USUAL_NANOS);
  }

  /** The same, and then others. */
  Reader then(Reader next) {
    var all = new ArrayDeque<>(reads);
    all.addAll(next.reads);
    return new Reader(all, outstanding, burst, nanosPerRead);
  }

  Reader at(long bytesPerSecond) {
    long nanos = PIECE * outstanding * 1_000_000_000L / bytesPerSecond;
    return new Reader(reads, outstanding, burst, nanos);
  }
}
