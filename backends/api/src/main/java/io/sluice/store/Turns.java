package io.sluice.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests may be in flight: fewer after the store asked us to slow down, one more again
 * for each round of requests that went well (additive increase, multiplicative decrease, as in RFC
 * 5681). Who waits is served in the order of coming. For many threads at once.
 */
final class Turns {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition free = lock.newCondition();

  @GuardedBy("lock")
  private int allowed;

  @GuardedBy("lock")
  private int taken;

  @GuardedBy("lock")
  private int waiting;

  @GuardedBy("lock")
  private int wentWell;

  /** Requests that began before the last slow-down tell nothing new when they are refused. */
  @GuardedBy("lock")
  private long slowedDown;

  @GuardedBy("lock")
  private long begun;

  Turns(int most) {
    if (most < 1) throw new IllegalArgumentException("requests in flight: " + most);
    this.most = most;
    this.allowed = most;
  }

  /** Takes a turn; absent where there was none in time. The number tells when it was taken. */
  OptionalLong take(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      boolean mustWait = taken >= allowed || waiting > 0;
      while (mustWait || taken >= allowed) {
        if (left <= 0) return OptionalLong.empty();
        waiting++;
        try {
          left = free.awaitNanos(left);
        } finally {
          waiting--;
        }
        mustWait = false;
      }
      taken++;
      passOn();
      return OptionalLong.of(begun++);
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      taken--;
      passOn();
    } finally {
      lock.unlock();
    }
  }

  /** The store did as asked. */
  void wentWell() {
    lock.lock();
    try {
      if (allowed == most || ++wentWell < allowed) return;
      wentWell = 0;
      allowed++;
      passOn();
    } finally {
      lock.unlock();
    }
  }

  /** The store refused, because it has too much to do, the request whose turn had this number. */
  void slowDown(long turn) {
    lock.lock();
    try {
      if (turn < slowedDown) return;
      slowedDown = begun;
      wentWell = 0;
      allowed = Math.max(1, allowed / 2);
    } finally {
      lock.unlock();
    }
  }

  /** How many may be in flight now. */
  int allowed() {
    lock.lock();
    try {
      return allowed;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for their turn. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void passOn() {
    if (taken < allowed && waiting > 0) free.signal();
  }
}
