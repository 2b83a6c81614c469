package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.Turns.Turn;
import io.sluice.store.StoreException;
import java.util.LinkedHashSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one scheduler of the process: so many requests in flight, each for what is most urgent at the
 * moment it starts. There is no queue: what is wanted is asked of the files whenever a request can
 * start, so nothing outdated is fetched and nothing has to be reordered.
 *
 * <p>Demand goes before read-ahead, read-ahead before the rest of a file; files take turns. A
 * quarter more requests than {@link Pace#most} may be in flight: for readers that wait, in place of
 * one that has all but ended, and to bring what a straggler does not. Safe for use by many threads.
 */
final class Fetcher {
  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  /** Second requests may ask for so much, and this share of all that was fetched. */
  private static final long HELP_BYTES = 64 << 20;

  private static final int HELP_SHARE = 20;

  private final Carrier carrier;
  private final Consumer<VersionFile> release;
  private final CacheCounters counters;
  private final Executor threads;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Of the files that are wanted. */
  @GuardedBy("lock")
  private final Turns turns = new Turns();

  @GuardedBy("lock")
  private final LinkedHashSet<Fetch> running = new LinkedHashSet<>();

  @GuardedBy("lock")
  private final Pace pace;

  @GuardedBy("lock")
  private Usual usual = Usual.UNKNOWN;

  @GuardedBy("lock")
  private long helpBytes;

  private volatile boolean isFull;
  private volatile boolean closed;

  /**
   * A scheduler with nothing to do.
   *
   * @param release told when a request is over, and with it the reference it held
   */
  Fetcher(
      Carrier carrier,
      Pace pace,
      Consumer<VersionFile> release,
      CacheCounters counters,
      Executor threads,
      LongSupplier nanoTime) {
    this.carrier = carrier;
    this.pace = pace;
    this.release = release;
    this.counters = counters;
    this.threads = threads;
    this.clock = nanoTime;
  }

  /** It is wanted by somebody, who lets go of it only after {@link #removeIfUnwanted}. */
  void add(VersionFile file) {
    lock.lock();
    try {
      turns.add(file);
    } finally {
      lock.unlock();
    }
  }

  void removeIfUnwanted(VersionFile file) {
    lock.lock();
    try {
      if (file.isWanted()) return;
      turns.remove(file);
      for (Fetch fetch : running) if (fetch.file() == file) cancel(fetch);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing new is started, and what is under way ends. */
  void close() {
    closed = true;
    lock.lock();
    try {
      running.forEach(this::cancel);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** On a thread of its own: giving a connection up can take a moment. */
  private void cancel(Fetch fetch) {
    if (fetch.isCancelled()) return;
    try {
      threads.execute(fetch::cancel);
    } catch (RejectedExecutionException _) {
      // Closed: everything under way has been cancelled.
    }
  }

  /** A reader is somewhere else now: there may be something to read ahead. */
  void readerMoved() {
    if (!isFull) start();
  }

  /** A reader waits for a block: it may need a request. */
  void readerWaits() {
    start();
  }

  /** A reader still waits: the request that is to bring its block may need help. */
  void readerStillWaits(VersionFile file, int block) {
    start();
    Fetch help = null;
    lock.lock();
    try {
      long now = clock.getAsLong();
      Fetch slow = null;
      for (Fetch fetch : running) {
        if (fetch.isHeldUpByDisk(now)) carrier.diskHangs();
        if (fetch.brings(file, block) && !fetch.isHelper()) slow = fetch;
      }
      if (slow != null) help = help(slow, now);
    } finally {
      lock.unlock();
    }
    run(help);
  }

  @GuardedBy("lock")
  private @Nullable Fetch help(Fetch slow, long now) {
    boolean isStuck = slow.isHeldUpByDisk(now);
    if (closed || otherOf(slow) != null) return null;
    if (!isStuck && !usual.isStraggling(slow.progress(), now)) return null;
    long helpers = running.stream().filter(Fetch::isHelper).count();
    long stuck = running.stream().filter(fetch -> fetch.isHeldUpByDisk(now)).count();
    int most = pace.most() + Pace.extra(pace.most());
    if (running.size() - stuck >= most || running.size() >= 2 * most) return null;
    if (!isStuck && helpers >= Math.max(1, pace.most() / 8)) return null;
    if (!isStuck && helpBytes > HELP_BYTES + counters.fetched.sum() / HELP_SHARE) return null;
    Fetch help = Fetch.toHelp(slow, now);
    if (help == null || !help.file().retain()) return null;
    LOG.debug("asking again: {}", help);
    helpBytes += help.bytes().length();
    counters.hedges.increment();
    running.add(help);
    return help;
  }

  private void start() {
    while (true) {
      Fetch fetch = startNext();
      if (fetch == null) return;
      run(fetch);
    }
  }

  private void run(@Nullable Fetch fetch) {
    if (fetch == null) return;
    try {
      threads.execute(() -> runOn(fetch));
    } catch (RuntimeException | Error e) { // closed meanwhile, or no more threads to be had
      try {
        end(fetch, new StoreException.Unavailable(fetch + " cannot be started", e));
      } finally {
        release.accept(fetch.file());
      }
    }
  }

  private void runOn(Fetch first) {
    for (Fetch fetch = first; fetch != null; fetch = startNext()) {
      try {
        carryOut(fetch);
      } finally {
        release.accept(fetch.file());
      }
    }
  }

  private @Nullable Fetch startNext() {
    lock.lock();
    try {
      if (closed) return null;
      long now = clock.getAsLong();
      long leaving = running.stream().filter(fetch -> isLeaving(fetch, now)).count();
      var slots = new Slots(pace.most(), running.size(), (int) leaving);
      isFull = slots.isFull();
      Turn turn = turns.next(slots.startable(), pace.most()).orElse(null);
      if (turn == null) return null;
      turn.file().retain(); // it is not closed: whoever put it here still has it open
      Fetch fetch = Fetch.of(turn.file(), turn.span(), now);
      running.add(fetch);
      return fetch;
    } finally {
      lock.unlock();
    }
  }

  /** Whether its place can be given to another one: what it still does needs no connection. */
  private static boolean isLeaving(Fetch fetch, long now) {
    return fetch.progress().isEnding() || fetch.isHeldUpByDisk(now);
  }

  private void carryOut(Fetch fetch) {
    StoreException failure = null;
    try {
      carrier.carry(fetch, this::blockCame);
    } catch (StoreException e) {
      LOG.debug("{}: {}", fetch, e.getMessage());
      failure = e;
    } finally {
      end(fetch, failure);
    }
  }

  private void end(Fetch fetch, @Nullable StoreException failure) {
    if (isLast(fetch)) leave(fetch, failure);
  }

  /** The next request is sent before this one has ended, so that the line is not silent. */
  private void blockCame(Fetch fetch) {
    if (fetch.announcesItsEnd()) start();
  }

  /** Takes it off the list; false where another request still brings the same blocks. */
  private boolean isLast(Fetch fetch) {
    lock.lock();
    try {
      running.remove(fetch);
      long now = clock.getAsLong();
      if (fetch.isDone()) {
        usual = usual.after(fetch.progress());
        pace.ended(fetch.bytes().length(), isFull, now);
      }
      Fetch other = otherOf(fetch);
      if (other != null && fetch.isDone()) cancel(other);
      return other == null;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Fetch otherOf(Fetch fetch) {
    for (Fetch other : running)
      if (other.helped() == fetch || fetch.helped() == other) return other;
    return null;
  }

  /**
   * What the request, or the one that helped it, has not brought can be fetched by others again.
   */
  private static void leave(Fetch fetch, @Nullable StoreException failure) {
    Fetch helped = fetch.helped();
    int first = helped == null ? fetch.next() : Math.min(fetch.next(), helped.next());
    int end = fetch.span().end();
    if (failure == null || fetch.isCancelled()) fetch.file().givenUp(first, end);
    else fetch.file().failed(first, end, failure, fetch.expected());
    fetch.file().fetchEnded();
  }
}
