package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which block of one file. A block that nobody waits for costs its fetcher one
 * volatile read; a waiter is woken by its own block only. Safe for use by many threads.
 */
final class Arrivals {
  private static final SequencedSet<Integer> NOBODY =
      Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

  private static final class Arrival {
    final CompletableFuture<Void> happened = new CompletableFuture<>();
    int waiters;
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** By block, the longest waited for first. */
  @GuardedBy("lock")
  private final LinkedHashMap<Integer, Arrival> waited = new LinkedHashMap<>();

  private volatile int waitedCount;

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
    } finally {
      lock.unlock();
    }
    return new Expectation(arrivals);
  }

  /** The block can be had now, or has to be asked for again: whoever waits for it looks. */
  void look(int block) {
    if (waitedCount == 0) return;
    Arrival arrival = take(block);
    if (arrival != null) arrival.happened.complete(null);
  }

  /** None of these blocks is coming, for this reason. */
  void failed(int first, int end, StoreException reason) {
    if (waitedCount == 0) return;
    var failed = new ArrayList<Arrival>();
    for (int block = first; block < end; block++) {
      Arrival arrival = take(block);
      if (arrival != null) failed.add(arrival);
    }
    failed.forEach(arrival -> arrival.happened.completeExceptionally(reason));
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

    private Expectation(Map<Integer, Arrival> arrivals) {
      this.arrivals = arrivals;
    }

    /**
     * Waits until there is news of one of the expected blocks. That it came is not said: look.
     *
     * @return false where the time ran out
     * @throws StoreException where the fetch that was to bring it failed
     */
    boolean await(int block, long nanos) throws StoreException, InterruptedException {
      Arrival arrival = arrivals.get(block);
      if (arrival == null) throw new IllegalArgumentException("block " + block + " not expected");
      try {
        arrival.happened.get(nanos, TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StoreException reason) throw reason;
        throw new IllegalStateException(e.getCause());
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
