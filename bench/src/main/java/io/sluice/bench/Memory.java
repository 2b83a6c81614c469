package io.sluice.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the host of a virtual machine give the memory that a read is about to fill.
 *
 * <p>A guest that reports its free pages loses them; the next one to touch them waits for the host,
 * measured at 2.5 s of CPU per GiB, against 0.25 s. A mount fills the page cache and plain GETs do
 * not, so without this the host would be part of what is compared. A guest gives pages back after
 * about 2 s: reads of many seconds pay for their later pages all the same.
 */
final class Memory {
  private static final Pattern FREE = Pattern.compile("MemFree:\\s+(\\d+) kB");
  // The rest stays free, so that nothing of the page cache is evicted for this.
  private static final double MOST_OF_FREE = 0.8;

  private Memory() {}

  /** Touches {@code bytes}, or most of the free memory, and frees it at once. */
  static void touch(long bytes) throws IOException {
    Matcher free = FREE.matcher(Files.readString(Path.of("/proc/meminfo")));
    if (!free.find()) throw new IOException("/proc/meminfo tells no MemFree");
    long most = (long) (Long.parseLong(free.group(1)) * 1024 * MOST_OF_FREE);
    try (Arena arena = Arena.ofConfined()) {
      // It comes zeroed, that is, touched.
      arena.allocate(Math.min(bytes, most));
    }
  }
}
