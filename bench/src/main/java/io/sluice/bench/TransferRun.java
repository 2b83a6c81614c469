package io.sluice.bench;

import io.sluice.bench.Counters.Counts;

/**
 * One run of a row of {@code bench/transfers}.
 *
 * @param nanos of the bytes' way; of our program from its first request until it has ended, and the
 *     other end of its pipe too
 * @param usage of the process in that time; its peak since it was started
 * @param heap in bytes, at its fullest; 0 where the process does not tell
 * @param readyNanos from the start of the process until its first request; 0 where nobody looked
 */
record TransferRun(long nanos, long bytes, Usage usage, long heap, Counts counts, long readyNanos) {

  /**
   * How a transfer is cut.
   *
   * @param requests at once
   * @param mebibytes of one range or part
   * @param size of the object in bytes
   */
  record Shape(int requests, int mebibytes, long size) {
    int rangeBytes() {
      return mebibytes << 20;
    }
  }

  /** Of a program of this module, which measures itself. */
  static TransferRun parse(String output, Counts counts) {
    ReadResult result = ReadResult.parse(output);
    return new TransferRun(
        result.nanos(),
        result.bytes(),
        Usage.parseLine(output),
        Transfer.heapOf(output),
        counts,
        0);
  }

  double seconds() {
    return nanos / 1e9;
  }

  /** Of 10^6 bytes per second. */
  double megabytesPerSecond() {
    return bytes / 1e6 / seconds();
  }

  double cpuSecondsPerGigabyte() {
    return usage.cpuSeconds() / (bytes / 1e9);
  }
}
