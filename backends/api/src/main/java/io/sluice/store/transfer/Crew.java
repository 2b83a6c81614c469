package io.sluice.store.transfer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do one thing together: the first failure of one ends the others, and all have ended
 * when it is closed. Platform threads, since writing to a disk holds the carrier of a virtual one.
 */
public final class Crew implements AutoCloseable {
  /** What each thread does once; it ends soon after its thread is interrupted. */
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  private final Runnable onFailure;
  private final List<Thread> threads = new ArrayList<>();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private int running;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  private Crew(Runnable onFailure) {
    this.onFailure = onFailure;
  }

  /**
   * Starts all threads.
   *
   * @param onFailure wakes whoever waits for what will not come; must not wait
   */
  public static Crew start(String name, int count, Work work, Runnable onFailure) {
    var crew = new Crew(onFailure);
    for (int i = 1; i <= count; i++)
      crew.threads.add(
          Thread.ofPlatform().daemon().name(name + "-" + i).unstarted(() -> crew.work(work)));
    boolean started = false;
    try {
      for (Thread thread : crew.threads) crew.begin(thread);
      started = true;
    } finally {
      if (!started) crew.close();
    }
    return crew;
  }

  private void begin(Thread thread) {
    synchronized (lock) {
      running++;
    }
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) ended();
    }
  }

  private void work(Work work) {
    try {
      work.run();
    } catch (Throwable e) { // whoever waits is told, whatever it is
      fail(e);
    } finally {
      ended();
    }
  }

  private void ended() {
    synchronized (lock) {
      running--;
      lock.notifyAll();
    }
  }

  private void fail(Throwable reason) {
    synchronized (lock) {
      // What follows the first failure is its consequence.
      if (failure != null) return;
      failure = reason;
      lock.notifyAll();
    }
    threads.forEach(Thread::interrupt);
    onFailure.run();
  }

  boolean hasFailed() {
    synchronized (lock) {
      return failure != null;
    }
  }

  /** Throws the first failure, if there was one. */
  void check() throws IOException {
    Throwable reason;
    synchronized (lock) {
      reason = failure;
    }
    switch (reason) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case InterruptedException e -> throw (IOException) new InterruptedIOException().initCause(e);
      default -> throw new IllegalStateException(reason);
    }
  }

  /** Returns when all have done their work, or throws the first failure. */
  public void join() throws IOException, InterruptedException {
    synchronized (lock) {
      while (running > 0 && failure == null) lock.wait();
    }
    check();
  }

  /**
   * Interrupts those that still work, and waits for their end: as long as the requests in which
   * they are, even where the caller is interrupted.
   */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    synchronized (lock) {
      while (running > 0) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** For a caller that was interrupted: it stays so, and learns what was not done. */
  public static InterruptedIOException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted: " + what);
  }

  /** Between two steps of the work. */
  public static void requireUninterrupted() throws InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException();
  }
}
