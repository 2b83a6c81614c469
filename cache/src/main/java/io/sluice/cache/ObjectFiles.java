package io.sluice.cache;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntPredicate;

/**
 * The directory of one object version, open: {@code data}, sparse and exactly as long as the
 * object; {@code blocks}, its {@link BlockMap}; {@code object.json}, its {@link Description}.
 *
 * <p>Two locks are shared with everybody who has it open: one of the directory, which keeps it from
 * being evicted or made anew; and one of {@code data}, which keeps others from punching holes where
 * our readers are.
 */
final class ObjectFiles implements AutoCloseable {
  static final String DATA = "data";
  static final String BLOCKS = "blocks";
  static final String DESCRIPTION = "object.json";
  static final String PINNED = "pinned";

  /** Directory, description and the rounding of all of them to disk blocks. */
  static final long OVERHEAD = 16 << 10;

  /** Whoever has it alone evicts or makes it: a few calls, unless the disk or its process hangs. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PATIENCE_TO_BE_ALONE = Duration.ofMillis(200);
  private static final int ATTEMPTS = 50;

  /**
   * Who opens.
   *
   * @param owner in whose name blocks are claimed
   * @param isAlive whether another owner is
   * @param boot blocks of another one have to be verified
   * @param onMade told when an object takes {@link #OVERHEAD} that it did not take before
   * @param onDiscarded told when something damaged was discarded, which took nobody knows how much
   */
  record Opener(
      int owner, IntPredicate isAlive, BootId boot, Runnable onMade, Runnable onDiscarded) {}

  private final Path directory;
  private final Flock presence;
  private final Flock readers;
  private final FileChannel data;
  private final BlockMap map;

  private ObjectFiles(
      Path directory, Flock presence, Flock readers, FileChannel data, BlockMap map) {
    this.directory = directory;
    this.presence = presence;
    this.readers = readers;
    this.data = data;
    this.map = map;
  }

  Path directory() {
    return directory;
  }

  FileChannel data() {
    return data;
  }

  BlockMap map() {
    return map;
  }

  /**
   * Opens what is there, or makes it. What does not parse or does not fit the object is discarded,
   * and that object starts over, unless another process has it open.
   *
   * @param directory has the description's name
   * @throws IOException where the disk does not let us: full, read-only, broken; or where it is
   *     damaged and in use
   */
  static ObjectFiles open(Path directory, Description what, BlockLayout layout, Opener opener)
      throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Files.createDirectories(directory);
      Flock presence;
      try {
        presence = Flock.open(directory);
      } catch (NoSuchFileException e) {
        continue; // it has just been evicted
      }
      try {
        if (!presence.shared(PATIENCE))
          throw new IOException(directory + " is held by another process that does not go on");
        if (!presence.isStillThere()) {
          presence.close();
          continue;
        }
        boolean isNew = !Files.exists(directory.resolve(BLOCKS));
        if (!isNew) {
          try {
            return openExisting(directory, layout, opener, presence);
          } catch (BlockMap.Damaged | NoSuchFileException e) {
            // made anew below
          }
        }
        boolean isAlone = presence.exclusive(PATIENCE_TO_BE_ALONE);
        // While we waited somebody else may have evicted it, or made it, or be about to.
        if (!isAlone && !isNew && !isSound(directory, layout))
          throw new IOException(directory + " is damaged, and another process has it open");
        if (isAlone && presence.isStillThere() && !isSound(directory, layout))
          make(directory, what, layout, opener);
        presence.close();
      } catch (IOException | RuntimeException e) {
        presence.close();
        throw e;
      }
    }
    throw new IOException(directory + " is evicted as often as it is made");
  }

  private static ObjectFiles openExisting(
      Path directory, BlockLayout layout, Opener opener, Flock presence) throws IOException {
    Path file = directory.resolve(DATA);
    FileChannel data = null;
    Flock readers = null;
    BlockMap map = null;
    try {
      data = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (data.size() != layout.size())
        throw new BlockMap.Damaged(file + " is not as long as its object");
      Description.read(directory);
      map = BlockMap.open(directory.resolve(BLOCKS), layout, opener.owner());
      readers = Flock.open(file);
      if (!readers.shared(PATIENCE))
        throw new IOException(file + " is held by another process that does not go on");
      map.adopt(opener.boot(), opener.isAlive());
      return new ObjectFiles(directory, presence, readers, data, map);
    } catch (IOException | RuntimeException e) {
      if (map != null) map.close();
      if (readers != null) readers.close();
      if (data != null) data.close();
      throw e;
    }
  }

  private static void make(Path directory, Description what, BlockLayout layout, Opener opener)
      throws IOException {
    boolean isDamaged = Files.exists(directory.resolve(BLOCKS));
    try {
      clear(directory);
      create(directory, what, layout, opener.boot());
      if (!isDamaged) opener.onMade().run();
    } finally {
      if (isDamaged) opener.onDiscarded().run(); // what it took is gone, whatever comes of this
    }
  }

  private static boolean isSound(Path directory, BlockLayout layout) throws IOException {
    try {
      Description.read(directory);
      return MapFile.summary(directory.resolve(BLOCKS)).layout().equals(layout)
          && Files.size(directory.resolve(DATA)) == layout.size();
    } catch (BlockMap.Damaged | NoSuchFileException e) {
      return false;
    }
  }

  private static void create(Path directory, Description what, BlockLayout layout, BootId boot)
      throws IOException {
    try {
      try (var data = new RandomAccessFile(directory.resolve(DATA).toFile(), "rw")) {
        data.setLength(layout.size());
      }
      what.write(directory);
      MapFile.create(directory.resolve(BLOCKS), layout, boot); // last: it makes the rest count
    } catch (IOException e) {
      try {
        clear(directory);
        if (!isPinned(directory)) Files.deleteIfExists(directory);
      } catch (IOException leftover) {
        e.addSuppressed(leftover); // what is left is made anew, or cleared away as damaged
      }
      throw e;
    }
  }

  /** Removes our files; that it is pinned stays. */
  private static void clear(Path directory) throws IOException {
    for (Path file : ObjectWalk.children(directory))
      if (!file.endsWith(PINNED)) Files.deleteIfExists(file);
  }

  /** When it was last used, which is what eviction goes by. */
  static void touch(Path directory, Instant when) throws IOException {
    Files.setLastModifiedTime(directory, FileTime.from(when));
  }

  static boolean isPinned(Path directory) {
    return Files.exists(directory.resolve(PINNED));
  }

  /**
   * Marks an object as one to keep, or no longer.
   *
   * @return false where it is gone, or was so already
   */
  static boolean pin(Path directory, boolean isPinned) throws IOException {
    try (Flock presence = Flock.open(directory)) {
      if (!presence.shared(PATIENCE) || !presence.isStillThere()) return false;
      FileTime lastUsed = Files.getLastModifiedTime(directory);
      if (isPinned(directory) == isPinned) return false;
      if (isPinned) Files.createFile(directory.resolve(PINNED));
      else Files.deleteIfExists(directory.resolve(PINNED));
      Files.setLastModifiedTime(directory, lastUsed); // this was no use of it
      return true;
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * How many bytes an object takes that need not be open: its blocks, and something for its files;
   * nothing while it is being made.
   */
  static long footprint(Path directory) throws IOException {
    try {
      return MapFile.summary(directory.resolve(BLOCKS)).held() + OVERHEAD;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (BlockMap.Damaged e) {
      return OVERHEAD;
    }
  }

  /**
   * Runs what nobody's readers should meet: while it runs, no other process has this open. One
   * caller at a time.
   *
   * @return false where one has, and nothing was run
   */
  boolean alone(Runnable work) throws IOException {
    try {
      if (!readers.tryExclusive()) return false;
      work.run();
      return true;
    } finally {
      // The attempt cost us our share. Should it be gone for longer, others may punch holes where
      // our readers are: those are seen (BlockMap.punches), and cost a fetch.
      boolean _ = readers.shared(PATIENCE);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      map.close();
      data.close();
    } finally {
      readers.close();
      presence.close();
    }
  }
}
