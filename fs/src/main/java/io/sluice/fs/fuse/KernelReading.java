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
   * A window of sixteen requests. 1 GiB in memory by mmap, on a busy machine: 8 to 22 s at 128, 0.8
   * to 2.1 s at 1024, 1.3 to 3.2 s at 4096 and 16384, which cost random page faults 4 to 16 times
   * the bytes. At 1024 the kernel takes reads of 1 MiB at any place for streams.
   */
  public static final KernelReading DEFAULT = new KernelReading(false, 2048);

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
