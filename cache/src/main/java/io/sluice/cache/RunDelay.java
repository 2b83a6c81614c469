package io.sluice.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long the calling thread has waited for a processor in its life: the second figure of
 * /proc/thread-self/schedstat (Documentation/scheduler/sched-stats.rst of Linux).
 */
final class RunDelay {
  private static final Path FILE = Path.of("/proc/thread-self/schedstat");

  private RunDelay() {}

  /** In nanoseconds; a hundredth of a millisecond to ask. -1 where the kernel does not tell. */
  static long nanos() {
    try {
      String text = new String(Files.readAllBytes(FILE), StandardCharsets.US_ASCII);
      return Long.parseLong(text.split(" ", -1)[1]);
    } catch (IOException | RuntimeException _) {
      return -1;
    }
  }
}
