package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An object that has been taken out of the cache, so that nobody finds it, and only has to be
 * deleted.
 *
 * @param bytes that it took
 */
record Doomed(Path directory, long bytes) {
  private static final String SUFFIX = ".evicted";

  /** Whether an object may go, asked when nobody has it open. */
  @FunctionalInterface
  interface Condition {
    boolean holds(Path directory) throws IOException;
  }

  /**
   * Takes an object out, if nobody has it open, it is not pinned and the condition holds.
   *
   * @return empty where it stays, or is gone already
   */
  static Optional<Doomed> take(Path object, Condition condition) throws IOException {
    try (Flock lock = Flock.open(object)) {
      if (!lock.exclusiveUnlessShared(Flock.MOMENT)
          || !lock.isStillThere()
          || ObjectFiles.isPinned(object)
          || !condition.holds(object)) return Optional.empty();
      long bytes = ObjectFiles.footprint(object);
      String mark = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path doomed = object.resolveSibling(object.getFileName() + "." + mark + SUFFIX);
      Files.move(object, doomed);
      return Optional.of(new Doomed(doomed, bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Deletes it; others may be doing the same. */
  void delete() throws IOException {
    delete(directory);
  }

  /** Deletes an object's directory that is out of the cache. */
  static void delete(Path directory) throws IOException {
    for (Path file : ObjectWalk.children(directory)) Files.deleteIfExists(file);
    Files.deleteIfExists(directory);
  }
}
