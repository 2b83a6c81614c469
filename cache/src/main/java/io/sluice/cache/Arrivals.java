package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which block of one file. A block that nobody waits for costs its fetcher one
 * volatile read; a waiter is woken by its own block only. Safe for use by many threads.
 */
final class Arrivals {
  private static final SequencedSet<Integer> NOBODY =
      Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

  /**
   * Why a block is not coming.
   *
   * @param expected how many waits had begun when its request was started
   */
  private record Failure(StoreException reason, long expected) {}

  private static final class Arrival {
    /** Empty where it may be here: look. */
    final CompletableFuture<Optional<Failure>> happened = new CompletableFuture<>();

    int waiters;
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** By block, the longest waited for first. */
  @GuardedBy("lock")
  private final LinkedHashMap<Integer, Arrival> waited = new LinkedHashMap<>();

  private volatile int waitedCount;

  /** How many waits have begun. */
  private final AtomicLong expected = new AtomicLong();

  /** The blocks that somebody waits for, the longest waited for first. */
  SequencedSet<Integer> waitedFor() {
    if (waitedCount == 0) return NOBODY;
    lock.lock();
    try {
      return new LinkedHashSet<>(waited.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** How many blocks somebody waits for. */
  int waiting() {
    return waitedCount;
  }

  /** How many waits have begun so far, to be told to {@link #failed}. */
  long expected() {
    return expected.get();
  }

  boolean isWaitedFor(int block) {
    if (waitedCount == 0) return false;
    lock.lock();
    try {
      return waited.containsKey(block);
    } finally {
      lock.unlock();
    }
  }

  /** Says that the caller needs these blocks, until it closes what it gets. */
  Expectation expect(List<Integer> blocks) {
    var arrivals = new LinkedHashMap<Integer, Arrival>();
    lock.lock();
    try {
      for (int block : blocks) {
        Arrival arrival = waited.computeIfAbsent(block, _ -> new Arrival());
        arrival.waiters++;
        arrivals.put(block, arrival);
      }
      waitedCount = waited.size();
      return new Expectation(arrivals, expected.incrementAndGet());
    } finally {
      lock.unlock();
    }
  }

  /** The block can be had now, or has to be asked for again: whoever waits for it looks. */
  void look(int block) {
    if (waitedCount == 0) return;
    Arrival arrival = take(block);
    if (arrival != null) arrival.happened.complete(Optional.empty());
  }

  /**
   * None of these blocks is coming, for this reason. Who began to wait when the request was under
   * way already is not told, but looks: by now the store may be there again.
   *
   * @param before {@link #expected} when the request was started
   */
  void failed(int first, int end, StoreException reason, long before) {
    if (waitedCount == 0) return;
    var failed = new ArrayList<Arrival>();
    for (int block = first; block < end; block++) {
      Arrival arrival = take(block);
      if (arrival != null) failed.add(arrival);
    }
    var failure = Optional.of(new Failure(reason, before));
    failed.forEach(arrival -> arrival.happened.complete(failure));
  }

  private @Nullable Arrival take(int block) {
    lock.lock();
    try {
      Arrival arrival = waited.remove(block);
      waitedCount = waited.size();
      return arrival;
    } finally {
      lock.unlock();
    }
  }

  /** One reader's wait for some blocks; to be closed by the thread that made it. */
  final class Expectation implements AutoCloseable {
    private final Map<Integer, Arrival> arrivals;

    /** Which wait this is: the first one is 1. */
    private final long number;

    private Expectation(Map<Integer, Arrival> arrivals, long number) {
      this.arrivals = arrivals;
      this.number = number;
    }

    /**
     * Waits until there is news of one of the expected blocks. That it came is not said: look.
     *
     * @return false where the time ran out
     * @throws StoreException where a fetch that was to bring it, and was started since this was
     *     made, failed
     */
    boolean await(int block, long nanos) throws StoreException, InterruptedException {
      Arrival arrival = arrivals.get(block);
      if (arrival == null) throw new IllegalArgumentException("block " + block + " not expected");
      try {
        Optional<Failure> failure = arrival.happened.get(nanos, TimeUnit.NANOSECONDS);
        if (failure.isPresent() && failure.get().expected() >= number) throw failure.get().reason();
        return true;
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody completes it so", e);
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        arrivals.forEach(
            (block, arrival) -> {
              if (--arrival.waiters == 0) waited.remove(block, arrival);
            });
        waitedCount = waited.size();
      } finally {
        lock.unlock();
      }
    }
  }
}
