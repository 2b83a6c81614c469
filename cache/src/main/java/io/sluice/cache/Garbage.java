package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What of a data directory nobody will use again. */
final class Garbage {
  /** Takes an object out of the cache; false where it stays. */
  @FunctionalInterface
  interface Eviction {
    boolean evict(ObjectLook object) throws CacheException;
  }

  private record Key(String store, String key) {}

  private final Path root;
  private final Owners owners;

  Garbage(Path root, Owners owners) {
    this.root = root;
    this.owners = owners;
  }

  /**
   * Clears it away.
   *
   * @param objects all that there are
   */
  Collected collect(List<ObjectLook> objects, Eviction eviction)
      throws IOException, CacheException {
    int dead = owners.removeDead();
    int leftovers = deleteDoomed() + deleteUnfinished();
    int damaged = 0;
    int superseded = 0;
    long bytes = 0;
    Set<String> old = superseded(objects);
    for (ObjectLook object : objects) {
      CachedVersion version = object.version();
      if (!version.isDamaged() && !old.contains(version.id())) continue;
      if (!eviction.evict(object)) continue;
      bytes += version.held() + ObjectFiles.OVERHEAD;
      if (version.isDamaged()) damaged++;
      else superseded++;
    }
    return new Collected(leftovers, dead, damaged, superseded, bytes, recount());
  }

  /** All versions of a key but the one that was cached last. */
  private static Set<String> superseded(List<ObjectLook> objects) {
    var newest = new HashMap<Key, CachedVersion>();
    var old = new HashSet<String>();
    for (ObjectLook object : objects) {
      CachedVersion version = object.version();
      if (version.isDamaged()) continue;
      CachedVersion other = newest.get(new Key(version.store(), version.key()));
      boolean isNewest = other == null || other.cached().isBefore(version.cached());
      if (isNewest) newest.put(new Key(version.store(), version.key()), version);
      if (other != null) old.add(isNewest ? other.id() : version.id());
    }
    return old;
  }

  private int deleteDoomed() throws IOException {
    var count = new AtomicInteger();
    ObjectWalk.doomed(
        root,
        directory -> {
          Doomed.delete(directory);
          count.incrementAndGet();
        });
    return count.get();
  }

  /** A process that died while it made an object left a file without its last name. */
  private int deleteUnfinished() throws IOException {
    var count = new AtomicInteger();
    ObjectWalk.objects(
        root,
        directory -> {
          Path unfinished = directory.resolve(ObjectFiles.BLOCKS + MapFile.UNFINISHED);
          if (!Files.exists(unfinished)) return;
          try (Flock lock = Flock.open(directory)) {
            if (lock.tryExclusive() && Files.deleteIfExists(unfinished)) count.incrementAndGet();
          }
        });
    return count.get();
  }

  private boolean recount() throws IOException {
    Optional<UsageFile> usage = UsageFile.find(root);
    return usage.isEmpty() || new Stocktaking(root, owners).recount(usage.get(), () -> false);
  }
}
