package io.sluice.launcher.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a command says how far it is: one line that changes on a terminal, a log line now and then
 * where there is none, nothing where nobody wants to know. Messages go between, each on its own
 * line. Safe for use by many threads.
 */
public final class ProgressLine {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressLine.class);

  /** A bucket that is down says the same of every object. */
  private static final int MOST_MESSAGES = 100;

  private static final Duration BETWEEN_LOG_LINES = Duration.ofSeconds(5);
  private static final String CLEARED = "\r\033[K";

  /** How progress is shown. */
  public enum Kind {
    TERMINAL,
    LOG,
    NONE
  }

  private final PrintWriter out;
  private final Kind kind;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean isShown;

  @GuardedBy("lock")
  private int messages;

  @GuardedBy("lock")
  private long lastLogged;

  /**
   * Nothing is shown yet.
   *
   * @param now in nanoseconds, as {@link #show} will be told
   */
  public ProgressLine(PrintWriter out, Kind kind, long now) {
    this.out = out;
    this.kind = kind;
    this.lastLogged = now;
  }

  /** What suits the error stream of this process. */
  public static Kind forErrors(boolean isQuiet) {
    if (isQuiet) return Kind.NONE;
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")
          ? Kind.TERMINAL
          : Kind.LOG;
    } catch (IOException _) {
      return Kind.LOG;
    }
  }

  /** How far it is, at this time in nanoseconds. */
  public void show(String progress, long now) {
    lock.lock();
    try {
      switch (kind) {
        case TERMINAL -> {
          out.print(CLEARED + "sluice: " + progress);
          out.flush();
          isShown = true;
        }
        case LOG -> {
          if (now - lastLogged < BETWEEN_LOG_LINES.toNanos()) return;
          lastLogged = now;
          LOG.info("{}", progress);
        }
        case NONE -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something that went wrong; after the first hundred only their number is of interest. */
  public void say(String message) {
    lock.lock();
    try {
      messages++;
      if (messages > MOST_MESSAGES + 1) return;
      clear();
      out.println(
          "sluice: "
              + (messages > MOST_MESSAGES ? "more messages like these are left out" : message));
    } finally {
      lock.unlock();
    }
  }

  /** The last word. */
  public void end(String result) {
    lock.lock();
    try {
      clear();
      if (kind != Kind.NONE) out.println("sluice: " + result);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more to show: somebody else has the last word. */
  public void takeAway() {
    lock.lock();
    try {
      clear();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void clear() {
    if (!isShown) return;
    out.print(CLEARED);
    out.flush();
    isShown = false;
  }
}
