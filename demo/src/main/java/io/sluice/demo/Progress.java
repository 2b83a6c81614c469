package io.sluice.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far something is: a bar that moves on a terminal, one line at the end elsewhere. For one
 * thread.
 */
final class Progress {
  private static final int WIDTH = 30;
  private static final long PAUSE_NANOS = 50_000_000;

  private final PrintStream out;
  private final boolean isTerminal;
  private final String what;
  private final long total;
  private final long start = System.nanoTime();
  private long done;
  private long drawn = start - PAUSE_NANOS;

  Progress(PrintStream out, boolean isTerminal, String what, long total) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.what = what;
    this.total = total;
  }

  void add(long bytes) {
    done += bytes;
    if (!isTerminal || System.nanoTime() - drawn < PAUSE_NANOS) return;
    drawn = System.nanoTime();
    out.print("\r" + line());
    out.flush();
  }

  /** Draws the end of it; how long it took, in seconds. */
  double end() {
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println((isTerminal ? "\r" : "") + line());
    return seconds;
  }

  private String line() {
    int filled = total == 0 ? WIDTH : (int) (done * WIDTH / total);
    double seconds = Math.max(1e-9, (System.nanoTime() - start) / 1e9);
    return String.format(
        Locale.ROOT,
        "%-28s [%s%s] %5.1f of %.1f MB, %.0f MB/s   ",
        what,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        done / 1e6,
        total / 1e6,
        done / 1e6 / seconds);
  }
}
