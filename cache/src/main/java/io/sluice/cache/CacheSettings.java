package io.sluice.cache;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a cache is made of.
 *
 * @param directory the data directory; created with mode 0700 where it is missing
 * @param space how much of its disk the cache may take
 * @param blockSize in bytes; maps of another block size are discarded
 * @param fetching how it gets what it does not have
 * @param boot blocks written in another one are checked before their first use
 * @param owner who uses it, for people who look at the data directory: "mount s3://b at /m"
 */
public record CacheSettings(
    Path directory, Space space, int blockSize, Fetching fetching, BootId boot, String owner) {
  /** The unit in which the kernel asks over libfuse 2. */
  public static final int BLOCK = 128 << 10;

  public CacheSettings {
    if (blockSize < 1) throw new IllegalArgumentException("block size " + blockSize);
  }

  /** The usual cache in this boot. */
  public static CacheSettings of(Path directory, Space space, Fetching fetching) {
    return new CacheSettings(directory, space, BLOCK, fetching, BootId.current(), "sluice");
  }

  public CacheSettings withFetching(Fetching other) {
    return new CacheSettings(directory, space, blockSize, other, boot, owner);
  }

  /** The same, used by this one. */
  public CacheSettings withOwner(String who) {
    return new CacheSettings(directory, space, blockSize, fetching, boot, who);
  }

  /**
   * Bounds of what is kept.
   *
   * @param most bytes of all cached blocks together
   * @param reserve bytes that always stay free on the disk, whatever {@code most} says
   */
  public record Space(long most, long reserve) {
    public Space {
      if (most < 0 || reserve < 0)
        throw new IllegalArgumentException("negative space: " + most + ", " + reserve);
    }
  }

  /**
   * How blocks are fetched.
   *
   * @param requests how many at once
   * @param spans sizes of what one request fetches
   * @param readDeadline a read that got no bytes for so long fails
   * @param whole which files are fetched whole
   */
  public record Fetching(Requests requests, Spans spans, Duration readDeadline, WholeFiles whole) {
    public static Fetching with(Requests requests) {
      return new Fetching(requests, Spans.USUAL, Duration.ofSeconds(60), WholeFiles.USUAL);
    }

    public Fetching withWhole(WholeFiles files) {
      return new Fetching(requests, spans, readDeadline, files);
    }

    /** Requests in flight; a quarter more for readers that wait. */
    public int parallelism() {
      return requests.most();
    }

    boolean isModel(String key) {
      return whole.isModel(key);
    }
  }

  /**
   * Requests in flight.
   *
   * @param most or, where it is adaptive, to begin with
   * @param isAdaptive whether it may become what serves best
   */
  public record Requests(int most, boolean isAdaptive) {
    public Requests {
      if (most < 1) throw new IllegalArgumentException("requests in flight " + most);
    }

    /** As many as there may become, apart from those of readers that wait. */
    public int highest() {
      return isAdaptive ? Math.max(most, Pace.HIGHEST) : most;
    }

    public static Requests fixed(int most) {
      return new Requests(most, false);
    }
  }

  /**
   * Sizes of one request, in bytes.
   *
   * @param smallest of read-ahead; what a reader waits for may be smaller
   * @param largest of anything
   * @param mostAhead widest window before one reader
   */
  public record Spans(long smallest, long largest, long mostAhead) {
    /**
     * At 20 ms to the first byte and 80 MB/s a connection, 64 MiB spend 98 % of their time
     * transferring; 16 MiB, 91 %.
     */
    static final Spans USUAL = new Spans(1 << 20, 64 << 20, 512 << 20);

    public Spans {
      if (smallest < 1 || largest < smallest || mostAhead < smallest)
        throw new IllegalArgumentException("not sizes: " + smallest + ", " + largest);
    }
  }
}
