package io.sluice.cache.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a real program read of one file, as the FUSE daemon saw it: see {@code traces/README.md}
 * among the resources.
 *
 * @param how it was made
 * @param size of the file, in bytes
 * @param reads in the order in which they arrived, 128 KiB each at most, cut at the file's end
 */
public record ReadTrace(String how, long size, List<ByteRange> reads) {
  /** All of them. */
  public static final List<String> NAMES =
      List.of(
          "sequential-read",
          "mmap-scan",
          "mmap-shuffled",
          "strided-16-threads",
          "safetensors-mmap",
          "safetensors-8-threads",
          "gguf-mmap",
          "gguf-populated-mmap",
          "torch-zip",
          "random-4k");

  private static final long KIB = 1 << 10;

  public ReadTrace {
    reads = List.copyOf(reads);
  }

  /** One of {@link #NAMES}. */
  public static ReadTrace named(String name) {
    List<String> lines = text("/traces/" + name + ".txt").lines().toList();
    long size = Long.parseLong(lines.get(1).substring("size ".length()));
    List<ByteRange> reads = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] run = line.split(" ", -1);
      long length = Long.parseLong(run[1]) * KIB;
      int count = run.length > 2 ? Integer.parseInt(run[2]) : 1;
      long start = Long.parseLong(run[0]) * KIB;
      for (int i = 0; i < count; i++, start += length)
        reads.add(new ByteRange(start, Math.min(size, start + length)));
    }
    return new ReadTrace(lines.getFirst().substring("# ".length()), size, reads);
  }

  private static String text(String resource) {
    try (InputStream in = ReadTrace.class.getResourceAsStream(resource)) {
      if (in == null) throw new AssertionError("no resource " + resource);
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
