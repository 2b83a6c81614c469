package io.sluice.cache;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.ReadAhead.Limits;
import io.sluice.cache.profile.AccessProfile;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
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

  /** When so little of a file is left to fetch, the next one of its set may follow, in bytes. */
  private static final long NEARLY_HERE = 256 << 20;

  /** Files of which figures are kept. */
  private static final int MOST_FIGURES = 1000;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

  private final CacheSettings settings;
  private final String storeName;
  private final ObjectStore store;
  private final DataDirectory directory;
  private final MemoryRing ring;
  private final CacheCounters counters = new CacheCounters();
  private final FileFigures figures = new FileFigures(MOST_FIGURES, counters);
  private final ExecutorService threads;
  private final Fetcher fetcher;
  private final NextShards shards;
  private final ReadIndexes indexes;
  private final OpenVersions open;
  private final DiskRoom room;

  private BlockCache(
      CacheSettings settings,
      String storeName,
      ObjectStore store,
      DataDirectory directory,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.storeName = storeName;
    this.store = store;
    this.directory = directory;
    this.ring = new MemoryRing(RING, settings.blockSize());
    this.threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("get-", 0).factory());
    this.open = new OpenVersions(storeName, this::create, this::closed);
    this.room = new DiskRoom(settings, directory, open);
    var disk = new DiskPace(nanoTime, directory::isShared);
    var carrier = new Carrier(settings.blockSize(), store, room, disk, counters, nanoTime);
    Pace pace = Pace.of(settings.fetching().requests());
    this.fetcher = new Fetcher(carrier, pace, this::fetchEnded, counters, threads, nanoTime);
    this.shards =
        new NextShards(store, this::prefetchWhole, this::isRead, directory::bound, threads);
    this.indexes = new ReadIndexes(shards);
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
    return open(settings, storeName, store, System::nanoTime);
  }

  /**
   * With a clock that says how fast requests and the disk are. By one that stands still, and is not
   * at 0, none is slow: nothing is asked for twice, and no block passes the disk by.
   */
  static BlockCache open(
      CacheSettings settings, String storeName, ObjectStore store, LongSupplier nanoTime)
      throws CacheException {
    return new BlockCache(settings, storeName, store, DataDirectory.open(settings), nanoTime);
  }

  @Override
  public CachedObject open(ObjectVersion version) {
    VersionFile file = open.retained(version);
    file.handleOpened();
    fetcher.add(file);
    return new Handle(file);
  }

  /**
   * Asks for parts of a version, which come in this order while it is held open, after what readers
   * need. Asks no store and no disk that could fail it: trouble shows in {@link Prefetch#await}.
   *
   * @param order ranges within the version; none is all of it
   */
  public Prefetch prefetch(ObjectVersion version, List<ByteRange> order) {
    return prefetch(version, order, Span.Urgency.LATER, 0);
  }

  /**
   * Follows readers through a profile: fetches what it says they will read, just ahead of them,
   * beginning at once. Has to be closed before this is.
   */
  public ProfilePrefetch follow(AccessProfile profile) {
    long window = Limits.within(settings.space().most(), settings.fetching()).mostAhead();
    return follow(profile, window, ProfilePrefetch.PATIENCE);
  }

  ProfilePrefetch follow(AccessProfile profile, long window, Duration patience) {
    var objects = new ProfileObjects(profile, store, threads);
    return ProfilePrefetch.start(profile, this, objects, window, patience);
  }

  /** For {@link ProfilePrefetch}: before whole files, after what readers are on their way to. */
  WishedPrefetch plan(ObjectVersion version, List<ByteRange> order, int rank) {
    return prefetch(version, order, Span.Urgency.PLANNED, rank);
  }

  private WishedPrefetch prefetch(
      ObjectVersion version, List<ByteRange> order, Span.Urgency urgency, int rank) {
    VersionFile file = open.retained(version);
    List<ByteRange> ranges = order.isEmpty() ? List.of(version.all()) : order;
    var wish = new Wish(urgency, rank, file.blocks().layout(), ranges);
    file.wish(wish);
    fetcher.add(file);
    fetcher.readerMoved();
    return new WishedPrefetch(file, wish, fetcher, open::release);
  }

  /**
   * Looks at what is kept of a version, every byte of it, and asks no store. Blocks that are not
   * what was written are dropped, so that the next reader fetches them again.
   */
  public Completeness check(ObjectVersion version) {
    if (!directory.holds(open.name(version)))
      return new Completeness(version.size(), version.size(), 0);
    VersionFile file = open.retained(version);
    try {
      return Completeness.of(file.blocks());
    } finally {
      open.release(file);
    }
  }

  /** The next shard of a set. */
  private Prefetch prefetchWhole(ObjectVersion version) {
    return prefetch(version, List.of(), Span.Urgency.LATER, 0);
  }

  /** Whether anybody reads a version, or wishes for parts of it. */
  boolean isWanted(ObjectVersion version) {
    return open.find(version).map(VersionFile::isWanted).orElse(false);
  }

  private boolean isRead(ObjectVersion version) {
    return open.find(version).map(VersionFile::hasReaders).orElse(false);
  }

  /** A request is over, and with it the reference it held. */
  private void fetchEnded(VersionFile file) {
    try {
      if (file.isNearlyHere(NEARLY_HERE)) shards.nearlyHere(file.version());
    } finally {
      open.release(file);
    }
  }

  private VersionFile create(ObjectName name, ObjectVersion version) {
    var layout = new BlockLayout(version.size(), settings.blockSize());
    FileCounters ofFile = figures.opened(version.key());
    Blocks blocks;
    try {
      directory.evictor().makeRoom(ObjectFiles.OVERHEAD);
      SharedFiles files = directory.open(name, storeName, version, layout);
      blocks = Blocks.inFiles(layout, files, ring, ofFile);
    } catch (IOException e) {
      room.warnOfBypass(e.toString());
      blocks = Blocks.inMemory(layout, ring, ofFile);
    }
    Fetching fetching = settings.fetching();
    var policies =
        new Interest.Policies(
            new ReadAhead(layout, Limits.within(settings.space().most(), fetching)),
            new ReadAhead(layout, Limits.passing(fetching)));
    return new VersionFile(name, version, blocks, policies, fetching);
  }

  /** What it has done so far. */
  public CacheStatistics statistics() {
    return counters.snapshot(directory.used(), directory.bound());
  }

  /** The files of which most was read, at most so many; of a thousand, figures are kept. */
  public List<FileFigure> files(int most) {
    return figures.top(most);
  }

  /**
   * What parts of a version take in the cache when they are there, in bytes.
   *
   * @param ranges within the version; none is all of it
   */
  public long footprint(ObjectVersion version, List<ByteRange> ranges) {
    var layout = new BlockLayout(version.size(), settings.blockSize());
    int blocks = layout.blocksIn(ranges.isEmpty() ? List.of(version.all()) : ranges);
    return (long) blocks * settings.blockSize() + ObjectFiles.OVERHEAD;
  }

  /**
   * The file in the data directory that says to others that this cache is open. What is beside it
   * with the same name and the ending {@code .sock} is removed with it, also by others should this
   * process be killed.
   */
  public Path ownerFile() {
    return directory.ownerFile();
  }

  /** Ends read-ahead, waits a bounded time for requests under way, lets the directory go. */
  @Override
  public void close() {
    shards.close();
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

  private void closed(VersionFile file) {
    file.blocks().close();
    file.blocks().files().ifPresent(directory::close);
    figures.closed(file.blocks().counters());
  }

  private final class Handle implements CachedObject {
    private final VersionFile file;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean saysWhatFollows;

    Handle(VersionFile file) {
      this.file = file;
    }

    @Override
    public ObjectVersion version() {
      return file.version();
    }

    @Override
    public int read(long offset, ByteBuffer into) throws StoreException {
      long started = System.nanoTime();
      int count = file.read(offset, into, fetcher);
      file.blocks().counters().read(count, System.nanoTime() - started);
      if (!saysWhatFollows && file.isNearlyHere(NEARLY_HERE)) {
        saysWhatFollows = true;
        shards.nearlyHere(file.version());
      }
      return count;
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) return;
      try {
        indexes.learnFrom(file);
      } finally {
        file.handleClosed();
        fetcher.removeIfUnwanted(file);
        open.release(file);
      }
    }
  }
}
