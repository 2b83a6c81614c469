package io.sluice.cache;

import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory between readers and a store: opens object versions for reading, fetches what
 * they need and will need, keeps what it fetched. Safe for use by many threads.
 *
 * <p>The disk never fails a read: what it does not take passes through a small ring of memory.
 */
public final class BlockCache implements ObjectOpener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockCache.class);

  /** For blocks that the disk does not take; direct memory, allocated as needed. */
  private static final long RING = 64 << 20;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

  private final CacheSettings settings;
  private final String storeName;
  private final DataDirectory directory;
  private final MemoryRing ring;
  private final CacheCounters counters = new CacheCounters();
  private final ExecutorService threads;
  private final Fetcher fetcher;
  private final ConcurrentHashMap<ObjectName, FutureTask<VersionFile>> open =
      new ConcurrentHashMap<>();
  private final AtomicBoolean warnedOfBypass = new AtomicBoolean();

  private BlockCache(
      CacheSettings settings, String storeName, ObjectStore store, DataDirectory directory) {
    this.settings = settings;
    this.storeName = storeName;
    this.directory = directory;
    this.ring = new MemoryRing(RING, settings.blockSize());
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("get-", 0).factory());
    this.fetcher = new Fetcher(store, settings.fetching(), new DiskRoom(), counters, threads);
  }

  /**
   * Opens a data directory.
   *
   * @param storeName which bucket of which endpoint: nothing cached under another name is used
   * @param store where bytes come from; not closed by this
   * @throws CacheException where the directory cannot be used
   */
  public static BlockCache open(CacheSettings settings, String storeName, ObjectStore store)
      throws CacheException {
    return new BlockCache(settings, storeName, store, DataDirectory.open(settings));
  }

  @Override
  public CachedObject open(ObjectVersion version) {
    ObjectName name = ObjectName.of(storeName, version);
    while (true) {
      FutureTask<VersionFile> opening =
          open.computeIfAbsent(name, _ -> new FutureTask<>(() -> create(name, version)));
      opening.run(); // by whoever is first; the others wait for it in the next line
      VersionFile file = result(opening);
      if (file.retain()) {
        file.handleOpened();
        fetcher.add(file);
        return new Handle(file);
      }
      open.remove(name, opening); // the last reader of the one before has just left
    }
  }

  private static VersionFile result(FutureTask<VersionFile> opening) {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("opening a cache file never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening a cache file", e);
    }
  }

  private VersionFile create(ObjectName name, ObjectVersion version) {
    var layout = new BlockLayout(version.size(), settings.blockSize());
    Blocks blocks;
    try {
      directory.makeRoom(ObjectFiles.OVERHEAD);
      ObjectFiles files = directory.open(name, storeName, version, layout);
      blocks = Blocks.inFiles(layout, files, ring, counters);
    } catch (IOException e) {
      warnOfBypass(e.toString());
      blocks = Blocks.inMemory(layout, ring, counters);
    }
    var policies =
        new VersionFile.Policies(
            new ReadAhead(layout, limitsWithin(settings.space().most())),
            new ReadAhead(layout, limitsWithin(ring.capacity())));
    return new VersionFile(name, version, blocks, policies, settings.fetching());
  }

  /** What is read ahead has to find its place beside what other files read ahead. */
  private ReadAhead.Limits limitsWithin(long place) {
    CacheSettings.Spans spans = settings.fetching().spans();
    int parallelism = settings.fetching().parallelism();
    long ahead = Math.clamp(place / 4, spans.smallest(), spans.mostAhead());
    long span = Math.clamp(place / 4 / parallelism, spans.smallest(), spans.largest());
    return new ReadAhead.Limits(ahead, spans.smallest(), span, parallelism, place / 2);
  }

  /** What it has done so far. */
  public CacheStatistics statistics() {
    return counters.snapshot(directory.used());
  }

  /** Ends read-ahead, waits a bounded time for requests under way, lets the directory go. */
  @Override
  public void close() {
    fetcher.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
        LOG.warn("requests still under way after {}", CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    directory.close();
  }

  private void release(VersionFile file) {
    if (!file.release()) return;
    open.computeIfPresent(
        file.name(), (_, opening) -> opening.resultNow() == file ? null : opening);
    file.blocks().files().ifPresent(files -> directory.close(file.name(), files));
    file.blocks().close();
  }

  private void warnOfBypass(String why) {
    if (warnedOfBypass.compareAndSet(false, true))
      LOG.warn(
          "not caching in {} for now, reads go on from the store: {}", settings.directory(), why);
  }

  private final class DiskRoom implements Fetcher.Room {
    @Override
    public boolean reserve(long bytes) {
      if (directory.reserve(bytes)) return reserved();
      directory.makeRoom(bytes);
      if (directory.reserve(bytes)) return reserved();
      for (FutureTask<VersionFile> opening : open.values()) {
        long lacking = directory.lacking(bytes);
        if (lacking <= 0) break;
        if (opening.state() == Future.State.SUCCESS) giveBack(opening.resultNow(), lacking);
      }
      if (directory.reserve(bytes)) return reserved();
      warnOfBypass(
          "%d bytes lack to its bounds (--cache-size, free space)"
              .formatted(directory.lacking(bytes)));
      return false;
    }

    private boolean reserved() {
      warnedOfBypass.set(false);
      return true;
    }

    private void giveBack(VersionFile file, long bytes) {
      if (!file.retain()) return;
      try {
        directory.grew(file.name(), -file.giveBack(bytes));
      } finally {
        release(file);
      }
    }

    @Override
    public void settle(VersionFile file, long reserved, long written) {
      directory.settle(file.name(), reserved, written);
    }

    @Override
    public void release(VersionFile file) {
      BlockCache.this.release(file);
    }
  }

  private final class Handle implements CachedObject {
    private final VersionFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    Handle(VersionFile file) {
      this.file = file;
    }

    @Override
    public ObjectVersion version() {
      return file.version();
    }

    @Override
    public int read(long offset, ByteBuffer into) throws StoreException {
      int count = file.read(offset, into, fetcher);
      counters.served.add(count);
      return count;
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) return;
      file.handleClosed();
      fetcher.removeIfUnwanted(file);
      release(file);
    }
  }
}
