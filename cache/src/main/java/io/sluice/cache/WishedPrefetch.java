package io.sluice.cache;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A {@link Wish} as its owner sees it. Safe for use by many threads. */
final class WishedPrefetch implements Prefetch {
  /** Another process may bring blocks, too, and tells nobody: so often they are looked for. */
  private static final long LOOK_NANOS = 50_000_000;

  private final VersionFile file;
  private final Wish wish;
  private final Fetcher fetcher;
  private final Consumer<VersionFile> release;
  private final AtomicBoolean closed = new AtomicBoolean();

  WishedPrefetch(VersionFile file, Wish wish, Fetcher fetcher, Consumer<VersionFile> release) {
    this.file = file;
    this.wish = wish;
    this.fetcher = fetcher;
    this.release = release;
  }

  @Override
  public ObjectVersion version() {
    return file.version();
  }

  /** From now on this is wanted, in place of what was; {@code rank} as in {@link Wish}. */
  void replace(List<ByteRange> ranges, int rank) {
    wish.replace(ranges, rank);
    fetcher.readerMoved();
  }

  /** Whether a request for it has failed. */
  boolean hasFailed() {
    return wish.hasFailed();
  }

  @Override
  public long bytes() {
    return wish.bytes();
  }

  @Override
  public long missing() {
    return wish.missing(block -> !file.blocks().isHeld(block));
  }

  @Override
  public boolean await(Duration most) throws StoreException, InterruptedException {
    long started = System.nanoTime();
    while (true) {
      long seen = wish.told();
      if (missing() == 0) return true;
      if (!file.blocks().isKeeping())
        throw new StoreException.TooLarge(
            file.version().key() + ": the data directory has no room to keep it", null);
      long left = most.toNanos() - (System.nanoTime() - started);
      if (left <= 0) return false;
      if (fetcher.isClosed())
        throw new StoreException.Unavailable("closed while fetching " + version().key(), null);
      fetcher.readerMoved();
      file.blocks().others().look(); // what a process fetches that died comes from nobody else
      wish.awaitNews(seen, Math.min(left, LOOK_NANOS));
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) return;
    file.drop(wish);
    fetcher.removeIfUnwanted(file);
    release.accept(file);
  }
}
