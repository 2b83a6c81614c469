package io.sluice.fs.fuse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that serve a session, each in a loop of libfuse: few at first, one more whenever all
 * have something to do, so that reads that wait for the store leave somebody to answer {@code ls}.
 * Threads of ours rather than libfuse's, which would attach to the JVM anew for each call.
 */
final class Loops {
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

  static final int AT_FIRST = 8;

  /** Each takes some 150 KiB; what more of them would wait for says little more to the cache. */
  static final int AT_MOST = 96;

  /** What lies under a callback is a few dozen frames deep. */
  private static final long STACK_BYTES = 512 * 1024;

  private final AtomicInteger busy = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Object lock = new Object();

  @GuardedBy("lock")
  private int started;

  @GuardedBy("lock")
  private int running;

  @GuardedBy("lock")
  private @Nullable Session session;

  /** Serves requests until the session ends. */
  void start(Session session) {
    synchronized (lock) {
      this.session = session;
      while (started < AT_FIRST) startOne(session);
    }
  }

  /** A request has come to this thread. */
  void enter() {
    int working = busy.incrementAndGet();
    if (working < AT_FIRST) return;
    synchronized (lock) {
      // A thread that is about to take the next request, always.
      if (working >= running && started < AT_MOST && session != null) startOne(session);
    }
  }

  /** It has been answered. */
  void leave() {
    busy.decrementAndGet();
  }

  /** Where the calling loop thread puts its answers together. */
  Scratch scratch() {
    return ((LoopThread) Thread.currentThread()).scratch();
  }

  int threads() {
    synchronized (lock) {
      return running;
    }
  }

  /** Returns when the session has ended and every thread has left it. */
  void awaitOver() throws InterruptedException {
    over.await();
  }

  boolean awaitOver(Duration limit) throws InterruptedException {
    return over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @GuardedBy("lock")
  private void startOne(Session session) {
    var thread = new LoopThread(session, "sluice-fuse-" + started);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // The system has no thread left for us: those there are go on.
      LOG.warn("no more than {} threads for the mount: {}", running, e.getMessage());
      return;
    }
    started++;
    running++;
  }

  private void ended() {
    synchronized (lock) {
      running--;
      if (running == 0) over.countDown();
    }
  }

  private final class LoopThread extends Thread {
    private final Session session;
    private @Nullable Scratch scratch;

    LoopThread(Session session, String name) {
      super(null, null, name, STACK_BYTES);
      this.session = session;
      setDaemon(true);
    }

    Scratch scratch() {
      if (scratch == null) throw new IllegalStateException("not in its loop");
      return scratch;
    }

    @Override
    public void run() {
      try (var mine = new Scratch()) {
        scratch = mine;
        session.loop();
      } catch (Throwable e) { // one thread less, and no other word of it
        LOG.error("a thread of the mount ended", e);
      } finally {
        ended();
      }
    }
  }
}
