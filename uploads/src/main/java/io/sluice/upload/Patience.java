package io.sluice.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits until a store that is away is there again: all threads pause together, 1 s at first, twice
 * as long each time, a minute at most, and whichever gets an answer ends it for all. It is given up
 * where nobody had an answer for as long as was agreed. For many threads at once.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Duration most;
  private final Retry.Waiting waiting;
  private final UploadListener listener;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private int failures;

  /** When the first of them was, in nanoseconds. */
  @GuardedBy("lock")
  private long since;

  /** Until when the pause after the last of them lasts. */
  @GuardedBy("lock")
  private long until;

  /** Something that is asked of the store. */
  interface Request<T> {
    T send() throws StoreException;
  }

  Patience(Duration most, Retry.Waiting waiting, UploadListener listener) {
    this.most = most;
    this.waiting = waiting;
    this.listener = listener;
  }

  /** Asks until there is an answer, or the time is over. */
  <T> T ask(Request<T> request) throws StoreException, InterruptedIOException {
    while (true) {
      try {
        T answer = request.send();
        answered();
        return answer;
      } catch (StoreException e) {
        if (!e.isRetryable()) throw e;
        pause(e);
      }
    }
  }

  private void answered() {
    lock.lock();
    try {
      failures = 0;
    } finally {
      lock.unlock();
    }
  }

  private void pause(StoreException reason) throws StoreException, InterruptedIOException {
    // Who is told to end does not ask again, and is not to say so.
    if (Thread.currentThread().isInterrupted()) throw interrupted(reason);
    Duration pause = pauseAfter(reason);
    try {
      waiting.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(reason);
    }
  }

  private static InterruptedIOException interrupted(StoreException reason) {
    return (InterruptedIOException)
        new InterruptedIOException("interrupted: " + reason.getMessage()).initCause(reason);
  }

  private Duration pauseAfter(StoreException reason) throws StoreException {
    lock.lock();
    try {
      long now = waiting.now();
      if (failures == 0) since = now;
      Duration left = most.minusNanos(now - since);
      if (!left.isPositive()) throw reason;
      boolean isPausing = failures > 0 && until - now > 0;
      if (!isPausing) {
        Duration next = FIRST.multipliedBy(1L << Math.min(failures, 10));
        if (next.compareTo(LONGEST) > 0) next = LONGEST;
        if (next.compareTo(left) > 0) next = left;
        failures++;
        until = now + next.toNanos();
        listener.warn(
            "%s: again in %d s, for %d min more at most"
                .formatted(reason.getMessage(), Math.max(1, next.toSeconds()), left.toMinutes()));
      }
      return Duration.ofNanos(until - now);
    } finally {
      lock.unlock();
    }
  }
}
