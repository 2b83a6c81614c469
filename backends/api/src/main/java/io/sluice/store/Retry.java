package io.sluice.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how patiently a request that failed is made again: attempts follow each other with
 * pauses that double, each shortened by chance to a half at most, so that clients that failed
 * together do not come back together.
 *
 * @param attempts in all, without a byte of progress between them; a store that asks us to slow
 *     down is asked again as long as {@code within} lasts
 * @param firstPause after the first failure
 * @param longestPause between any two
 * @param within no attempt begins later than this after the first failure since a byte came
 */
public record Retry(int attempts, Duration firstPause, Duration longestPause, Duration within) {
  /**
   * A refused connection is reported after about a second; a silent server, at 10 s of silence an
   * attempt, after 30 s.
   */
  public static final Retry USUAL =
      new Retry(5, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(18));

  public Retry {
    if (attempts < 1) throw new IllegalArgumentException("attempts " + attempts);
  }

  /** The same with so many attempts, and at least as much time as their pauses take. */
  public Retry times(int number) {
    Duration pauses = longestPause.multipliedBy(number - 1L);
    return new Retry(
        number, firstPause, longestPause, pauses.compareTo(within) > 0 ? pauses : within);
  }

  /** What retrying needs of the world, so that tests need not wait. */
  public interface Waiting {
    /** Nanoseconds, as {@link System#nanoTime()} counts them. */
    long now();

    void pause(Duration duration) throws InterruptedException;

    /** The real thing. */
    Waiting REAL =
        new Waiting() {
          @Override
          public long now() {
            return System.nanoTime();
          }

          @Override
          public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
          }
        };
  }

  /** The failures of one request so far. */
  final class Failures {
    private final Waiting waiting;
    private int count;
    private long first;

    Failures(Waiting waiting) {
      this.waiting = waiting;
    }

    /** Bytes came: what went wrong before no longer counts. */
    void forget() {
      count = 0;
    }

    /**
     * Returns, after a pause, where the request is to be made again; else throws the failure.
     *
     * @throws StoreException.Unavailable where the thread is interrupted in the pause
     */
    void add(StoreException failure) throws StoreException {
      count++;
      // Not since the request began: a body may take hours, and break after them.
      if (count == 1) first = waiting.now();
      boolean tooLate = waiting.now() - first > within.toNanos();
      boolean tooOften = count >= attempts && !(failure instanceof StoreException.Throttled);
      if (!failure.isRetryable() || tooOften || tooLate) throw failure;
      try {
        waiting.pause(pauseAfter(count));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException.Unavailable("interrupted: " + failure.getMessage(), failure);
      }
    }
  }

  private Duration pauseAfter(int failures) {
    long doubled = firstPause.toMillis() << Math.min(failures - 1, 20);
    long longest = Math.min(doubled, longestPause.toMillis());
    return Duration.ofMillis(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
  }
}
