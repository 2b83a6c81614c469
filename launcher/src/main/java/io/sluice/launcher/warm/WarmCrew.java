package io.sluice.launcher.warm;

import io.sluice.launcher.cli.OneLine;
import io.sluice.launcher.warm.WarmTally.Outcome;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on many objects at once: so many small ones that the network never waits for the disk, but
 * of large ones only as many as it takes to keep all connections busy, so that they are finished
 * one after the other. What was found and is not begun waits in a bounded queue.
 */
final class WarmCrew implements SelectedObjects.Taker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmCrew.class);

  /** Enough to know all of most buckets at once, and so how long it takes; a few MB. */
  private static final int MOST_FOUND = 10_000;

  /** Per connection: less is left for the next object to begin, so that none runs dry. */
  private static final long ENOUGH = 16 << 20;

  private static final long PAUSE_MILLIS = 20;
  private static final long CLOSE_WITHIN_SECONDS = 15;

  private final ObjectStore store;
  private final int parallelism;
  private final Consumer<String> say;
  private final WarmTally tally = new WarmTally();
  private final BlockingQueue<WarmJob> found = new ArrayBlockingQueue<>(MOST_FOUND);
  private final Set<WarmJob> active = ConcurrentHashMap.newKeySet();
  private final LongAdder filesAll = new LongAdder();
  private final LongAdder bytesAll = new LongAdder();
  private final LongAdder bytesDone = new LongAdder();
  private final ExecutorService workers;
  private volatile boolean isAllFound;
  private volatile boolean isStopped;

  /**
   * Without work yet.
   *
   * @param parallelism connections to keep busy
   * @param say takes one line for each object that is not as it should be
   */
  WarmCrew(ObjectStore store, int parallelism, Consumer<String> say) {
    this.store = store;
    this.parallelism = parallelism;
    this.say = say;
    // Twice as many as connections: while some make or close their files, others fetch.
    this.workers =
        Executors.newFixedThreadPool(
            2 * parallelism, Thread.ofPlatform().daemon().name("warm-", 0).factory());
  }

  @Override
  public void key(String key) throws InterruptedException {
    add(new WarmJob(key, null));
  }

  @Override
  public void object(ObjectMeta object) throws InterruptedException {
    bytesAll.add(object.size());
    add(new WarmJob(object.key(), object.version()));
  }

  private void add(WarmJob job) throws InterruptedException {
    filesAll.increment();
    while (!isStopped && !found.offer(job, PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {}
  }

  /** Nothing more comes. */
  void allFound() {
    isAllFound = true;
  }

  /** No further object is begun, and those under way end soon. */
  void stop() {
    isStopped = true;
  }

  @Override
  public boolean isStopped() {
    return isStopped;
  }

  /** Begins what is found, until there is no more, and returns when all of it is over. */
  void work(WarmWork work) throws InterruptedException {
    while (!isStopped) {
      boolean wasAllFound = isAllFound;
      WarmJob next = found.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null && wasAllFound) break;
      if (next != null) begin(next, work);
    }
    workers.shutdown();
    while (!workers.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      // Each object ends within the limits of its reads.
    }
  }

  private void begin(WarmJob job, WarmWork work) throws InterruptedException {
    while (!isStopped && isBusy()) TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    active.add(job);
    workers.execute(() -> process(job, work));
  }

  private boolean isBusy() {
    if (active.size() >= 4 * parallelism) return true; // half of them wait for a worker
    return !active.isEmpty() && missing() >= parallelism * ENOUGH;
  }

  private long missing() {
    return active.stream().mapToLong(WarmJob::missing).sum();
  }

  private void process(WarmJob job, WarmWork work) {
    try {
      if (isStopped) return;
      Outcome outcome = outcome(job, work);
      tally.add(outcome);
      if (outcome == Outcome.THERE) bytesDone.add(job.size());
      else bytesAll.add(-job.size());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      active.remove(job);
    }
  }

  private Outcome outcome(WarmJob job, WarmWork work) throws InterruptedException {
    try {
      return onLatest(job, work);
    } catch (StoreException.NotFound e) {
      WarmWork.Missing missing = work.missing(job.key());
      say.accept(missing.text());
      return missing.outcome();
    } catch (StoreException e) {
      say.accept(job.key() + ": " + OneLine.of(String.valueOf(e.getMessage())));
      return Outcome.FAILED;
    } catch (RuntimeException | Error e) {
      LOG.debug("{}", job.key(), e);
      say.accept(job.key() + ": unexpected: " + OneLine.of(e.toString()));
      return Outcome.FAILED; // else nobody would hear of it, and all would seem to be there
    }
  }

  private Outcome onLatest(WarmJob job, WarmWork work) throws StoreException, InterruptedException {
    ObjectVersion version = job.version().orElse(null);
    if (version == null) version = look(job, work);
    try {
      return work.on(version, job);
    } catch (StoreException.Changed _) {
      return work.on(look(job, work), job); // replaced since it was listed
    }
  }

  private ObjectVersion look(WarmJob job, WarmWork work) throws StoreException {
    long before = job.size();
    ObjectVersion now = store.head(job.key()).version();
    job.found(now, work.bytes(now));
    bytesAll.add(job.size() - before);
    return now;
  }

  WarmTally tally() {
    return tally;
  }

  /** How far it is. */
  WarmProgress progress() {
    long bytes = bytesDone.sum();
    for (WarmJob job : active) bytes += job.size() - job.missing();
    return new WarmProgress(
        tally.count(), filesAll.sum(), Math.min(bytes, bytesAll.sum()), bytesAll.sum(), isAllFound);
  }

  @Override
  public void close() {
    stop();
    workers.shutdown();
    try {
      // Not interrupted: that would close files under those who share them.
      if (!workers.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS))
        LOG.warn("objects still under way after {} s", CLOSE_WITHIN_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
