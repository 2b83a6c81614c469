package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has everything in a data directory counted anew where somebody found the sum to be wrong, without
 * being waited for: once at a time, on a thread that ends with its owner. Safe for use by many
 * threads.
 */
final class Recount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recount.class);

  /** Longer than one look at everything, unless the disk hangs. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** What is to be done. */
  @FunctionalInterface
  interface Work {
    /** Ends soon after {@code isOver} says that it is. */
    void run(BooleanSupplier isOver) throws IOException;
  }

  private final Path root;
  private final Work work;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean wanted;

  @GuardedBy("lock")
  private @Nullable Thread thread;

  private volatile boolean closed;

  /** Of a data directory; does nothing yet. */
  Recount(Path root, Work work) {
    this.root = root;
    this.work = work;
  }

  /** Where it is being done already, once more: what is wrong may have come too late for that. */
  void soon() {
    lock.lock();
    try {
      if (closed) return;
      wanted = true;
      if (thread == null)
        thread = Thread.ofPlatform().daemon().name("recount").start(this::doWhatIsWanted);
    } finally {
      lock.unlock();
    }
  }

  private void doWhatIsWanted() {
    try {
      while (isWanted()) work.run(() -> closed);
    } catch (IOException e) {
      LOG.warn("counting what {} takes: {}", root, e.toString());
    } finally {
      ended();
    }
  }

  private boolean isWanted() {
    lock.lock();
    try {
      boolean isToBeDone = wanted && !closed;
      wanted = false;
      if (!isToBeDone) thread = null; // whoever wants it from here on starts another one
      return isToBeDone;
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    lock.lock();
    try {
      if (Thread.currentThread().equals(thread)) thread = null;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is counted any more when this returns, unless the disk hangs. */
  @Override
  public void close() {
    Thread counting = over();
    if (counting == null) return;
    LockSupport.unpark(counting); // from its pause between two looks
    try {
      if (!counting.join(PATIENCE))
        LOG.warn("still counting what {} takes after {}", root, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Thread over() {
    lock.lock();
    try {
      closed = true;
      return thread;
    } finally {
      lock.unlock();
    }
  }
}
