package io.sluice.fs.fuse;

/**
 * How the kernel reads from us.
 *
 * @param direct every read comes to us and the page cache is left out; forbids shared mappings
 * @param readAheadKb how far the kernel reads ahead of a sequential reader, in KiB; 0 leaves the
 *     kernel's own value (128)
 */
public record KernelReading(boolean direct, int readAheadKb) {
  /**
   * A window of eight requests. Measured on 1 GiB in memory, against 128: mmap 8 to 20 s -> 0.8 to
   * 2 s. 4096 and 16384 were slower than this, and cost random page faults 4 to 16 times the bytes.
   */
  public static final KernelReading DEFAULT = new KernelReading(false, 1024);

  private static final int MAX_READ_AHEAD_KB = 1 << 20;

  public KernelReading {
    if (readAheadKb < 0 || readAheadKb > MAX_READ_AHEAD_KB)
      throw new IllegalArgumentException(
          "read-ahead must be 0 to " + MAX_READ_AHEAD_KB + " KiB: " + readAheadKb);
  }

  public KernelReading withDirect(boolean direct) {
    return new KernelReading(direct, readAheadKb);
  }
}
