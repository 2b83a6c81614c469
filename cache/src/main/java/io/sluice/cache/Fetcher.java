package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.Span.Urgency;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one scheduler of the process: so many requests in flight, each for what is most urgent at the
 * moment it starts. There is no queue: what is wanted is asked of the files whenever a request can
 * start, so nothing outdated is fetched and nothing has to be cancelled.
 *
 * <p>Demand goes before read-ahead, read-ahead before the rest of a file; files take turns. Readers
 * that wait may have {@link Fetching#extraForDemand()} requests more, so that read-ahead does not
 * make them queue.
 */
final class Fetcher {
  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  /** Where the bytes of a span go. */
  interface Room {
    /** Makes room on the disk for so many bytes; false where there is none to be made. */
    boolean reserve(long bytes);

    /** The span is over: so many of the reserved bytes were written for this version. */
    void settle(VersionFile file, long reserved, long written);

    /** A request is over, and with it the reference it held. */
    void release(VersionFile file);
  }

  private record Work(VersionFile file, Span span) {}

  private final ObjectStore store;
  private final Fetching settings;
  private final Room room;
  private final CacheCounters counters;
  private final Executor threads;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that have readers; whose turn it is first. */
  @GuardedBy("lock")
  private final LinkedHashSet<VersionFile> files = new LinkedHashSet<>();

  @GuardedBy("lock")
  private int running;

  private volatile boolean isFull;
  private volatile boolean closed;

  Fetcher(
      ObjectStore store, Fetching settings, Room room, CacheCounters counters, Executor threads) {
    this.store = store;
    this.settings = settings;
    this.room = room;
    this.counters = counters;
    this.threads = threads;
  }

  /** It has a reader, who lets go of it only after {@link #removeIfUnwanted}. */
  void add(VersionFile file) {
    lock.lock();
    try {
      files.add(file);
    } finally {
      lock.unlock();
    }
  }

  void removeIfUnwanted(VersionFile file) {
    lock.lock();
    try {
      if (!file.isWanted()) files.remove(file);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing new is started; what is under way ends at its next block. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** A reader is somewhere else now: there may be something to read ahead. */
  void readerMoved() {
    if (!isFull) start(false);
  }

  /** A reader waits for a block: it may need a request. */
  void readerWaits() {
    start(true);
  }

  private void start(boolean urgent) {
    while (true) {
      Work work = startNext(urgent);
      if (work == null) return;
      threads.execute(() -> run(work));
    }
  }

  private @Nullable Work startNext(boolean urgent) {
    lock.lock();
    try {
      int most = settings.parallelism() + (urgent ? settings.extraForDemand() : 0);
      if (closed || running >= most) return null;
      Work work = next();
      if (work != null) running++;
      isFull = running >= settings.parallelism();
      return work;
    } finally {
      lock.unlock();
    }
  }

  private void run(Work first) {
    for (Work work = first; work != null; work = goOn()) {
      try {
        fetch(work.file(), work.span());
      } finally {
        room.release(work.file());
      }
    }
  }

  /** What the thread that is done with one span does next; if nothing, it ends. */
  private @Nullable Work goOn() {
    lock.lock();
    try {
      running--;
      Work work = closed ? null : next();
      if (work != null) running++;
      isFull = running >= settings.parallelism();
      return work;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Work next() {
    boolean demandOnly = running >= settings.parallelism();
    for (Urgency urgency : Urgency.values()) {
      if (demandOnly && urgency != Urgency.DEMAND) return null;
      for (VersionFile file : new ArrayList<>(files)) {
        Optional<Span> span = file.claimNext(urgency);
        if (span.isEmpty()) continue;
        file.retain(); // it is not closed: whoever put it here still has it open
        files.remove(file);
        files.add(file); // its turn is over
        return new Work(file, span.get());
      }
    }
    return null;
  }

  private void fetch(VersionFile file, Span span) {
    BlockLayout layout = file.blocks().layout();
    long bytes = layout.bytes(span).length();
    boolean keep = file.blocks().isOnDisk() && room.reserve(bytes);
    long written = 0;
    int next = span.first();
    try (InputStream body = store.open(file.version(), layout.bytes(span))) {
      byte[] buffer = new byte[layout.blockSize()];
      while (next < span.end() && file.isWanted() && !closed) {
        int length = layout.length(next);
        readFully(body, buffer, length);
        counters.fetched.add(length);
        if (file.arrived(next, buffer, keep)) written += length;
        next++;
      }
      file.givenUp(next, span.end());
    } catch (StoreException e) {
      fail(file, next, span.end(), e);
    } catch (IOException e) {
      fail(file, next, span.end(), new StoreException.Unavailable(file.version().key(), e));
    } catch (RuntimeException | Error e) {
      LOG.error("fetching {} of {}", span, file.version(), e);
      fail(file, next, span.end(), new StoreException.Invalid(file.version().key(), e));
    } finally {
      if (keep) room.settle(file, bytes, written);
    }
  }

  private static void fail(VersionFile file, int next, int end, StoreException reason) {
    LOG.debug("blocks {}..{} of {}: {}", next, end, file.version().key(), reason.getMessage());
    file.failed(next, end, reason);
  }

  private static void readFully(InputStream body, byte[] buffer, int length) throws IOException {
    int read = body.readNBytes(buffer, 0, length);
    if (read < length)
      throw new StoreException.Unavailable("the body ended " + (length - read) + " early", null);
  }
}
