package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory, as one of its owners: where each version's files are, what all take together,
 * and which go when room is needed. Any number of processes use one at the same time. Safe for use
 * by many threads.
 */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  private static final Duration VERIFIERS_STAY = Duration.ofSeconds(1);

  private final Path root;
  private final CacheSettings settings;
  private final LongSupplier free;
  private final Owners owners;
  private final Owners.Owner owner;
  private final UsageFile usage;
  private final UsageFile.Account account;
  private final Recount recount;
  private final Evictor evictor;

  /** None while there is nothing to verify. */
  private final ThreadPoolExecutor verifiers =
      new ThreadPoolExecutor(
          SharedFiles.parallelism(),
          SharedFiles.parallelism(),
          VERIFIERS_STAY.toMillis(),
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("verify-", 0).factory());

  private DataDirectory(
      Path root, CacheSettings settings, LongSupplier free, Owners owners, Owners.Owner owner)
      throws IOException {
    this.root = root;
    this.settings = settings;
    this.owners = owners;
    this.owner = owner;
    this.free = free;
    var stocktaking = new Stocktaking(root, owners);
    Stocktaking.Stock stock = stocktaking.take(owner.id());
    this.usage = stock.usage();
    this.account = usage.open(owner.id());
    this.recount =
        new Recount(
            root,
            isOver -> {
              boolean _ = stocktaking.recount(usage, isOver);
            });
    this.evictor = new Evictor(root, settings.space(), usage, this::free);
    usage.setSpace(settings.space());
    verifiers.allowCoreThreadTimeOut(true);
    if (stock.isWrong()) recount.soon();
  }

  /** Makes the directory where it is missing, and looks at what is in it. */
  static DataDirectory open(CacheSettings settings) throws CacheException {
    // Of a disk that does not say, 0, the careful answer: nothing is cached, everything is served.
    return open(settings, settings.directory().toFile()::getUsableSpace);
  }

  /** With so many bytes free on its disk. */
  static DataDirectory open(CacheSettings settings, LongSupplier free) throws CacheException {
    try {
      Path root = DataRoot.make(settings.directory());
      var owners = new Owners(root);
      Owners.Owner owner = owners.register(settings.owner());
      try {
        var directory = new DataDirectory(root, settings, free, owners, owner);
        directory.evictor().makeRoom(0);
        return directory;
      } catch (IOException | RuntimeException e) {
        owner.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataRoot.unusable(settings.directory(), e);
    }
  }

  /** Opens a version's files, and keeps them from eviction until they are closed here. */
  SharedFiles open(ObjectName name, String store, ObjectVersion version, BlockLayout layout)
      throws IOException {
    var opener =
        new ObjectFiles.Opener(
            owner.id(),
            this::isAlive,
            settings.boot(),
            () -> usage.grew(ObjectFiles.OVERHEAD),
            recount::soon);
    ObjectFiles files =
        ObjectFiles.open(name.in(root), Description.of(store, version), layout, opener);
    var others = new OtherFetchers(files.map(), this::isAlive, System::nanoTime);
    return new SharedFiles(files, others, new Room(), verifiers);
  }

  /** Whether there is anything of a version. */
  boolean holds(ObjectName name) {
    return Files.exists(name.in(root).resolve(ObjectFiles.BLOCKS));
  }

  /** Whoever meets a dead owner has what it had reserved counted out. */
  private boolean isAlive(int other) {
    boolean isAlive = owners.isAlive(other);
    if (!isAlive) recount.soon();
    return isAlive;
  }

  /** Whether somebody else uses it now; in doubt nobody does. */
  boolean isShared() {
    try {
      return owners.hasOthers(owner.id());
    } catch (IOException e) {
      LOG.debug("who else uses {}: {}", root, e.toString());
      return false;
    }
  }

  void close(ObjectFiles files) {
    try {
      try {
        ObjectFiles.touch(files.directory(), Instant.now());
      } finally {
        files.close();
      }
      evictor.closed();
    } catch (IOException e) {
      LOG.warn("closing the cache file {}: {}", files.directory(), e.toString());
    }
  }

  /** Takes so much room for a request that is about to start, if it is there. */
  boolean reserve(long bytes) {
    if (!account.reserve(bytes, settings.space().most())) return false;
    if (settings.space().reserve() <= free()) return true; // with all that is reserved
    account.release(bytes);
    return false;
  }

  /** The request has ended: of what it had reserved so much was written. */
  void settle(long reserved, long written) {
    account.release(reserved - written); // what was written was said block by block
  }

  /** Makes so much room, where something cold can go for it. */
  Evictor evictor() {
    return evictor;
  }

  /** Bytes of all versions together, as accounted by all processes. */
  long used() {
    return usage.used();
  }

  /** How much all versions together may take now, by the bound given and the space on the disk. */
  long bound() {
    long room = Math.max(0, free() - settings.space().reserve());
    return Math.min(settings.space().most(), usage.used() + room);
  }

  /** The file that says that we are there, as long as we are. */
  Path ownerFile() {
    return owner.file();
  }

  /** Less what is reserved: files are sparse, so that the disk does not know of it. */
  private long free() {
    return free.getAsLong() - usage.reserved();
  }

  private final class Room implements SharedFiles.Room {
    @Override
    public void wrote(long bytes) {
      account.wrote(bytes);
    }

    @Override
    public void shrank(long bytes) {
      usage.grew(-bytes);
    }
  }

  @Override
  public void close() {
    recount.close(); // first: it would go on looking at a directory that may be deleted next
    verifiers.shutdown();
    account.close();
    owner.close();
  }
}
