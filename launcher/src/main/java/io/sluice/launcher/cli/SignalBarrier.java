package io.sluice.launcher.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits until every signal that was sent before has been handled. Between the two there is a thread
 * of the JVM that takes note of them, and one for each handler; under load they are late by
 * seconds.
 */
final class SignalBarrier {
  /**
   * Sent to ourselves, behind the others: the JVM takes what is pending in the order of numbers,
   * and this has a larger one than those that stop. Nobody else uses it, and where nobody handles
   * it nothing happens.
   */
  private static final String OURS = "URG";

  /** There is one handler of it. */
  private static final Semaphore TURN = new Semaphore(1);

  private SignalBarrier() {}

  /** Returns when they are handled; false where they are not within so long. */
  static boolean pass(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    if (!TURN.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) return false;
    try {
      var noted = new CountDownLatch(1);
      Signals.handle(OURS, noted::countDown);
      Signals.raise(OURS);
      if (!noted.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) return false;
      return areHandlersDone(end);
    } finally {
      TURN.release();
    }
  }

  /** The JVM starts a thread of this name for each signal, in the order in which it notes them. */
  private static boolean areHandlersDone(long end) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (thread.equals(Thread.currentThread()) || !name.matches("SIG[A-Z0-9]+ handler")) continue;
      long left = end - System.nanoTime();
      if (left <= 0 || !thread.join(Duration.ofNanos(left))) return false;
    }
    return true;
  }
}
