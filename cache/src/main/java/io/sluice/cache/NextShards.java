package io.sluice.cache;

import io.sluice.cache.layout.Shard;
import io.sluice.cache.layout.ShardIndex;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the next shards of a model fetched while its loader is still busy with the one before. It
 * knows them by the set's index, where somebody has read that, and else by their names. Safe for
 * use by many threads.
 */
final class NextShards {
  private static final Logger LOG = LoggerFactory.getLogger(NextShards.class);

  /** So many shards ahead of the one that is read. */
  private static final int AHEAD = 2;

  /** A loader that has not opened the next shard after this time is not going to. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(500);

  /** Indexes are small and few; more than this many are not remembered. */
  private static final int MOST_INDEXES = 1000;

  private final ObjectStore store;
  private final Function<ObjectVersion, Prefetch> prefetch;
  private final Function<ObjectVersion, Boolean> isRead;
  private final LongSupplier room;
  private final Executor threads;

  /** Versions that are read, and whose next ones were fetched, or are: once is enough. */
  private final Set<ObjectVersion> followed = ConcurrentHashMap.newKeySet();

  /** By directory, up to and with its last slash. */
  private final ConcurrentHashMap<String, List<String>> indexes = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /**
   * Knows no set yet.
   *
   * @param isRead whether anybody has a version open for reading
   * @param room bytes that the cache may take now: more than that, with the shard that is read, is
   *     not fetched ahead, because the one would be evicted for the other
   */
  NextShards(
      ObjectStore store,
      Function<ObjectVersion, Prefetch> prefetch,
      Function<ObjectVersion, Boolean> isRead,
      LongSupplier room,
      Executor threads) {
    this.store = store;
    this.prefetch = prefetch;
    this.isRead = isRead;
    this.room = room;
    this.threads = threads;
  }

  /** An index was read, by whoever. */
  void learn(String key, ShardIndex index) {
    if (indexes.size() < MOST_INDEXES) indexes.put(directory(key), index.files());
  }

  /**
   * Little is left to fetch of a version that is read as a whole. Returns at once; for each version
   * there is something to do once, until nobody reads it any more.
   */
  void nearlyHere(ObjectVersion version) {
    if (closed || followed.contains(version) || !isRead.apply(version)) return;
    followed.removeIf(other -> !isRead.apply(other));
    List<String> next = after(version.key());
    if (next.isEmpty() || !followed.add(version)) return;
    try {
      threads.execute(() -> follow(version, next));
    } catch (RejectedExecutionException _) {
      // The cache has been closed meanwhile.
    }
  }

  void close() {
    closed = true;
  }

  /** The keys that come next, {@link #AHEAD} at most. */
  List<String> after(String key) {
    String directory = directory(key);
    List<String> files = indexes.getOrDefault(directory, List.of());
    int at = files.indexOf(key.substring(directory.length()));
    if (at < 0) return Shard.of(key).map(shard -> shard.next(AHEAD)).orElse(List.of());
    return files.subList(at + 1, Math.min(files.size(), at + 1 + AHEAD)).stream()
        .map(name -> directory + name)
        .toList();
  }

  private static String directory(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  private void follow(ObjectVersion first, List<String> keys) {
    // All of them stay open until the last one is here: what nobody has open goes first.
    var open = new ArrayList<Prefetch>();
    try {
      long bytes = first.size();
      for (String key : keys) {
        ObjectVersion shard = store.head(key).version();
        bytes += shard.size();
        if (bytes > room.getAsLong()) return;
        LOG.debug("{} is followed by {}", first.key(), shard.key());
        open.add(prefetch.apply(shard));
        if (!isFetched(first, open)) return;
      }
    } catch (StoreException e) {
      LOG.debug("after {}: {}", first.key(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.forEach(Prefetch::close);
    }
  }

  /** Waits for the last of them; false where nobody seems to want it after all. */
  private boolean isFetched(ObjectVersion first, List<Prefetch> open)
      throws StoreException, InterruptedException {
    for (long idle = 0; !open.getLast().await(LOOK); idle += LOOK.toMillis()) {
      if (isRead.apply(first) || open.stream().anyMatch(shard -> isRead.apply(shard.version())))
        idle = 0;
      if (closed || idle > PATIENCE.toMillis()) return false;
    }
    return true;
  }
}
