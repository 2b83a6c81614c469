package io.sluice.bench;

import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.s3.S3Store;
import io.sluice.store.transfer.Download;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;

/**
 * An object downloaded as our programs do it, in a process of its own that tells what that took.
 *
 * <p>{@code Transfer ENDPOINT KEY REQUESTS RANGE TARGET}: {@code TARGET} is a file, or {@code -}
 * for a stream that throws all away.
 */
final class Transfer {
  private static final java.util.regex.Pattern HEAP =
      java.util.regex.Pattern.compile("heap=(\\d+)");

  private Transfer() {}

  public static void main(String[] args) throws IOException {
    var limits = new Download.Limits(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    try (S3Store plain = S3Store.open(PlainGets.settings(URI.create(args[0]), limits.requests()));
        ObjectStore store = new ResumingStore(plain, Retry.USUAL, Retry.Waiting.REAL)) {
      // As the baseline does: what is loaded once is loaded.
      store.head(args[1]);
      long pid = ProcessHandle.current().pid();
      Usage before = Usage.of(pid);
      long begin = System.nanoTime();
      ObjectVersion version = run(new Download(store, limits, _ -> {}), args[1], args[4]);
      long nanos = System.nanoTime() - begin;
      Usage usage = Usage.of(pid).since(before);
      System.out.println(
          ReadResult.of(nanos, version.size(), List.of()).line()
              + " "
              + usage.line()
              + " heap="
              + peakHeap());
    }
  }

  private static ObjectVersion run(Download download, String key, String target)
      throws IOException {
    return target.equals("-")
        ? download.stream(key, OutputStream.nullOutputStream())
        : download.file(key, Path.of(target));
  }

  /** In bytes; of each generation its own peak, so it is an upper bound. */
  static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** What {@link #main} says of its heap, in bytes; 0 where nothing is said. */
  static long heapOf(String output) {
    Matcher matcher = HEAP.matcher(output);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
