package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory: where each version's files are, what they take together, and which go when
 * room is needed. One process at a time. The order of eviction is by last use and outlives a
 * restart in the directories' modification times.
 */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final String FORMAT = "v1";
  private static final String DOOMED = ".evicted";

  /** What is known of one version's files. */
  private static final class Held {
    long bytes;
    int opens;
  }

  private final Path root;
  private final CacheSettings settings;
  private final FileStore disk;
  private final DirectoryLock process;
  private final ReentrantLock lock = new ReentrantLock();

  /** By directory name, the least recently used first. */
  @GuardedBy("lock")
  private final LinkedHashMap<ObjectName, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("lock")
  private long used;

  private DataDirectory(CacheSettings settings, DirectoryLock process) throws IOException {
    this.root = process.directory();
    this.settings = settings;
    this.process = process;
    this.disk = Files.getFileStore(root);
  }

  /** Makes the directory where it is missing, locks it and looks at what is in it. */
  static DataDirectory open(CacheSettings settings) throws CacheException {
    DirectoryLock lock = DirectoryLock.take(settings.directory(), FORMAT);
    try {
      var directory = new DataDirectory(settings, lock);
      directory.takeStock();
      return directory;
    } catch (IOException e) {
      lock.close();
      throw DirectoryLock.unusable(settings.directory(), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void takeStock() throws IOException {
    record Found(ObjectName name, long bytes, long lastUsed) {}
    var found = new ArrayList<Found>();
    try (Stream<Path> groups = Files.list(root)) {
      for (Path group : groups.filter(Files::isDirectory).toList()) {
        try (Stream<Path> objects = Files.list(group)) {
          for (Path object : objects.filter(Files::isDirectory).toList()) {
            String name = object.getFileName().toString();
            if (name.endsWith(DOOMED)) ObjectFiles.delete(object); // its eviction was interrupted
            else if (ObjectName.isOne(name))
              found.add(
                  new Found(
                      new ObjectName(name),
                      footprint(object),
                      Files.getLastModifiedTime(object).toMillis()));
          }
        }
      }
    }
    found.sort(Comparator.comparingLong(Found::lastUsed));
    lock.lock();
    try {
      for (Found object : found) {
        held.computeIfAbsent(object.name(), _ -> new Held()).bytes = object.bytes();
        used += object.bytes();
      }
    } finally {
      lock.unlock();
    }
    makeRoom(0);
  }

  private long footprint(Path object) throws IOException {
    Path blocks = object.resolve(ObjectFiles.BLOCKS);
    long slots = Files.exists(blocks) ? BlockMap.heldIn(blocks) : 0;
    return ObjectFiles.footprint(slots, settings.blockSize());
  }

  /** Opens a version's files, and keeps them from eviction until they are closed here. */
  ObjectFiles open(ObjectName name, String store, ObjectVersion version, BlockLayout layout)
      throws IOException {
    hold(name, +1);
    try {
      Path directory = name.in(root);
      ObjectFiles files = ObjectFiles.open(directory, store, version, layout, settings.boot());
      account(name, ObjectFiles.footprint(files.map().held(), settings.blockSize()));
      return files;
    } catch (IOException | RuntimeException e) {
      hold(name, -1);
      throw e;
    }
  }

  void close(ObjectName name, ObjectFiles files) {
    try {
      long bytes = ObjectFiles.footprint(files.map().held(), settings.blockSize());
      ObjectFiles.touch(files.directory(), Instant.now());
      files.close();
      account(name, bytes);
    } catch (IOException e) {
      LOG.warn("closing the cache file {}: {}", files.directory(), e.toString());
    } finally {
      hold(name, -1);
    }
  }

  private void hold(ObjectName name, int more) {
    lock.lock();
    try {
      Held object = held.computeIfAbsent(name, _ -> new Held());
      object.opens += more;
      if (object.opens == 0 && object.bytes == 0) held.remove(name);
    } finally {
      lock.unlock();
    }
  }

  private void account(ObjectName name, long bytes) {
    lock.lock();
    try {
      Held object = held.computeIfAbsent(name, _ -> new Held());
      used += bytes - object.bytes;
      object.bytes = bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Blocks of an open version were written (or, negative, given back). */
  void grew(ObjectName name, long bytes) {
    lock.lock();
    try {
      Held object = held.get(name);
      if (object == null) return;
      object.bytes += bytes;
      used += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that have to go before so many more may be written; 0 or less where there is room. */
  long lacking(long more) {
    long free = free();
    lock.lock();
    try {
      long overBound = used + more - settings.space().most();
      return Math.max(overBound, more + settings.space().reserve() - free);
    } finally {
      lock.unlock();
    }
  }

  /** Takes so much room for a request that is about to start, if it is there. */
  boolean reserve(long bytes) {
    if (bytes + settings.space().reserve() > free()) return false;
    lock.lock();
    try {
      if (used + bytes > settings.space().most()) return false;
      used += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The request has ended: of what it had reserved so much was written for this version. */
  void settle(ObjectName name, long reserved, long written) {
    lock.lock();
    try {
      used -= reserved;
    } finally {
      lock.unlock();
    }
    grew(name, written);
  }

  /**
   * Evicts cold versions, the least recently used first, until so many bytes fit or none is left.
   */
  void makeRoom(long more) {
    for (long lacking = lacking(more); lacking > 0; lacking = lacking(more)) {
      List<ObjectName> victims = coldest(lacking);
      if (victims.isEmpty()) return;
      victims.forEach(this::remove);
    }
  }

  /** Renamed under the lock, so that nobody opens what is being deleted; deleted after it. */
  private List<ObjectName> coldest(long bytes) {
    var victims = new ArrayList<ObjectName>();
    lock.lock();
    try {
      long freed = 0;
      for (Map.Entry<ObjectName, Held> object : held.entrySet()) {
        if (freed >= bytes) break;
        if (object.getValue().opens > 0) continue;
        victims.add(object.getKey());
        freed += object.getValue().bytes;
      }
      for (ObjectName name : victims) {
        Held gone = held.remove(name);
        if (gone != null) used -= gone.bytes;
        Path directory = name.in(root);
        if (Files.exists(directory)) Files.move(directory, doomed(name));
      }
    } catch (IOException e) {
      LOG.warn("evicting from {}: {}", root, e.toString());
    } finally {
      lock.unlock();
    }
    return victims;
  }

  private void remove(ObjectName name) {
    try {
      ObjectFiles.delete(doomed(name));
      LOG.debug("evicted {}", name.hash());
    } catch (IOException e) {
      LOG.warn("evicting {}: {}", name.hash(), e.toString());
    }
  }

  private Path doomed(ObjectName name) {
    return name.in(root).resolveSibling(name.hash() + DOOMED);
  }

  /** Bytes of all versions together, as accounted. */
  long used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  private long free() {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      LOG.warn("free space of {}: {}", root, e.toString());
      return 0; // the careful answer: nothing is cached, everything is served
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
