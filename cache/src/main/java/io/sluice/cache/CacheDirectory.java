package io.sluice.cache;

import io.sluice.cache.CacheException.Kind;
import io.sluice.cache.CacheSettings.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A data directory for its administrator: what is in it, and what may be done to that beside live
 * mounts, which notice. Nothing is fetched. Safe for use by many threads; holds nothing open.
 *
 * <p>Everything here throws {@link CacheException} where the directory cannot be read or written.
 */
public final class CacheDirectory {
  /** We claim nothing. */
  private static final int NOBODY = 0;

  /** Others have an object for themselves for a moment only: to look at it, or to take it out. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Comparator<ObjectLook> ORDER =
      Comparator.<ObjectLook, String>comparing(look -> look.version().store())
          .thenComparing(look -> look.version().key())
          .thenComparing(look -> look.version().cached());

  private final Path dataDirectory;
  private final Path root;
  private final Owners owners;
  private final BootId boot;

  private CacheDirectory(Path dataDirectory, Path root, BootId boot) {
    this.dataDirectory = dataDirectory;
    this.root = root;
    this.owners = new Owners(root);
    this.boot = boot;
  }

  /**
   * That of a cache that there is.
   *
   * @throws CacheException where there is none, or a newer version made it
   */
  public static CacheDirectory open(Path dataDirectory) throws CacheException {
    return open(dataDirectory, BootId.current());
  }

  static CacheDirectory open(Path dataDirectory, BootId boot) throws CacheException {
    return new CacheDirectory(dataDirectory, DataRoot.find(dataDirectory), boot);
  }

  /** All object versions, damaged ones too, by store, key and age. */
  public List<CachedVersion> list() throws CacheException {
    return looks(_ -> true).stream().map(ObjectLook::version).toList();
  }

  /** What all of it takes, and who uses it. */
  public Usage usage() throws CacheException {
    try {
      var objects = new AtomicInteger();
      ObjectWalk.objects(root, _ -> objects.incrementAndGet());
      Optional<UsageFile> usage = usageFile();
      return new Usage(
          usage.isPresent() ? usage.get().used() : DataRoot.footprint(root),
          usage.flatMap(UsageFile::space),
          Files.getFileStore(root).getUsableSpace(),
          objects.get(),
          owners.alive());
    } catch (IOException e) {
      throw DataRoot.unusable(dataDirectory, e);
    }
  }

  /**
   * Computes the CRC32C of every cached block, on as many threads as there are processors.
   *
   * @param which of the objects; damaged ones are reported whenever they are chosen
   * @param repair damaged blocks are forgotten, and fetched again when they are read; else nothing
   *     is changed
   */
  public Verification verify(
      Predicate<CachedVersion> which, boolean repair, Verification.Progress progress)
      throws CacheException {
    try {
      Optional<UsageFile> usage = usageFile();
      var changes =
          new Verifier.Repair(
              new ObjectFiles.Opener(NOBODY, owners::isAlive, boot, () -> {}, () -> {}),
              damaged -> usage.ifPresent(file -> file.grew(-damaged)));
      var verifier =
          new Verifier(repair ? Optional.of(changes) : Optional.empty(), progress, PATIENCE);
      return verifier.verify(looks(which));
    } catch (IOException e) {
      throw DataRoot.unusable(dataDirectory, e);
    }
  }

  /** Evicts what nobody has open and what is not pinned. */
  public Evicted evict(Predicate<CachedVersion> which) throws CacheException {
    var gone = new ArrayList<CachedVersion>();
    var inUse = new ArrayList<CachedVersion>();
    var pinned = new ArrayList<CachedVersion>();
    Optional<UsageFile> usage = usageFile();
    for (ObjectLook look : looks(which)) {
      if (isEvicted(look, usage)) gone.add(look.version());
      else if (ObjectFiles.isPinned(look.directory())) pinned.add(look.version());
      else if (Files.exists(look.directory())) inUse.add(look.version());
    }
    return new Evicted(gone, inUse, pinned);
  }

  private boolean isEvicted(ObjectLook look, Optional<UsageFile> usage) throws CacheException {
    try {
      Optional<Doomed> doomed = Doomed.take(look.directory(), _ -> true);
      if (doomed.isEmpty()) return false;
      usage.ifPresent(file -> file.grew(-doomed.get().bytes()));
      doomed.get().delete();
      return true;
    } catch (IOException e) {
      throw DataRoot.unusable(dataDirectory, e);
    }
  }

  /**
   * Keeps objects from eviction, from now on and until they are unpinned; they need not be
   * complete.
   *
   * @return those that were not pinned before
   * @throws CacheException of kind TOO_LARGE, and nothing is pinned, where all that is pinned would
   *     be larger than the cache may become
   */
  public List<CachedVersion> pin(Predicate<CachedVersion> which) throws CacheException {
    List<ObjectLook> all = looks(_ -> true);
    List<ObjectLook> chosen =
        all.stream()
            .filter(look -> !look.version().isDamaged() && which.test(look.version()))
            .toList();
    List<ObjectLook> more = chosen.stream().filter(look -> !look.version().isPinned()).toList();
    long before = sizeOf(all.stream().filter(look -> look.version().isPinned()).toList());
    refuseTooMuch(before, sizeOf(more));
    return mark(more, true);
  }

  /**
   * Ends that.
   *
   * @return those that were pinned before
   */
  public List<CachedVersion> unpin(Predicate<CachedVersion> which) throws CacheException {
    return mark(looks(version -> version.isPinned() && which.test(version)), false);
  }

  private List<CachedVersion> mark(List<ObjectLook> looks, boolean isPinned) throws CacheException {
    var marked = new ArrayList<CachedVersion>();
    for (ObjectLook look : looks) {
      try {
        if (ObjectFiles.pin(look.directory(), isPinned)) marked.add(look.version());
      } catch (IOException e) {
        throw DataRoot.unusable(dataDirectory, e);
      }
    }
    return marked;
  }

  private static long sizeOf(List<ObjectLook> looks) {
    return looks.stream().mapToLong(look -> look.version().size() + ObjectFiles.OVERHEAD).sum();
  }

  private void refuseTooMuch(long before, long more) throws CacheException {
    Optional<Space> space = usageFile().flatMap(UsageFile::space);
    if (space.isEmpty() || before + more <= space.get().most()) return;
    throw new CacheException(
        Kind.TOO_LARGE,
        "%d bytes to pin, %d pinned already, but the cache may take %d: pin less, unpin something, or mount with a larger --cache-size"
            .formatted(more, before, space.get().most()),
        null);
  }

  private Optional<UsageFile> usageFile() throws CacheException {
    try {
      return UsageFile.find(root);
    } catch (IOException e) {
      throw DataRoot.unusable(dataDirectory, e);
    }
  }

  /**
   * Clears away what nobody will use: leftovers of crashes, damaged objects, and versions of keys
   * that have a newer one. Objects that are in use or pinned stay. What all takes is counted anew.
   */
  public Collected gc() throws CacheException {
    try {
      Optional<UsageFile> usage = usageFile();
      return new Garbage(root, owners)
          .collect(looks(_ -> true), object -> isEvicted(object, usage));
    } catch (IOException e) {
      throw DataRoot.unusable(dataDirectory, e);
    }
  }

  private List<ObjectLook> looks(Predicate<CachedVersion> which) throws CacheException {
    try {
      var looks = new ArrayList<ObjectLook>();
      ObjectWalk.objects(
          root,
          directory ->
              ObjectLook.at(directory)
                  .filter(look -> which.test(look.version()))
                  .ifPresent(looks::add));
      looks.sort(ORDER);
      return looks;
    } catch (IOException e) {
      throw DataRoot.unusable(dataDirectory, e);
    }
  }
}
