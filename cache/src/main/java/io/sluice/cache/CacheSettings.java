package io.sluice.cache;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a cache is made of.
 *
 * @param directory the data directory; created with mode 0700 where it is missing
 * @param space how much of its disk the cache may take
 * @param blockSize in bytes; maps of another block size are discarded
 * @param fetching how it gets what it does not have
 * @param boot blocks written in another one are checked before their first use
 */
public record CacheSettings(
    Path directory, Space space, int blockSize, Fetching fetching, BootId boot) {
  /** The unit in which the kernel asks over libfuse 2. */
  public static final int BLOCK = 128 << 10;

  public CacheSettings {
    if (blockSize < 1) throw new IllegalArgumentException("block size " + blockSize);
  }

  /** The usual cache in this boot. */
  public static CacheSettings of(Path directory, Space space, int parallelism) {
    return new CacheSettings(directory, space, BLOCK, Fetching.with(parallelism), BootId.current());
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
   * @param parallelism requests in flight; a quarter more for readers that wait
   * @param spans sizes of what one request fetches
   * @param readDeadline a read that got no bytes for so long fails
   * @param models endings of the names of files that are fetched whole, without their dot
   */
  public record Fetching(int parallelism, Spans spans, Duration readDeadline, Set<String> models) {
    private static final Set<String> MODELS =
        Set.of(
            "safetensors",
            "gguf",
            "ggml",
            "bin",
            "pt",
            "pth",
            "ckpt",
            "onnx",
            "npz",
            "npy",
            "h5",
            "msgpack",
            "tflite",
            "engine",
            "plan",
            "mar",
            "nemo",
            "model");

    public Fetching {
      if (parallelism < 1) throw new IllegalArgumentException("parallelism " + parallelism);
      models = Set.copyOf(models);
    }

    public static Fetching with(int parallelism) {
      return new Fetching(parallelism, Spans.USUAL, Duration.ofSeconds(60), MODELS);
    }

    boolean isModel(String key) {
      return models.contains(key.substring(key.lastIndexOf('.') + 1));
    }

    /** Requests beyond {@link #parallelism} that only readers that wait may start. */
    int extraForDemand() {
      return Math.max(1, parallelism / 4);
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
