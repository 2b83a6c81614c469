package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * An object as an administrator looks at it: without opening it for reading, and without being in
 * the way of those who have.
 *
 * @param directory where it is
 */
record ObjectLook(Path directory, CachedVersion version) {
  /**
   * Looks at one.
   *
   * @return empty where it is gone
   */
  static Optional<ObjectLook> at(Path directory) throws IOException {
    try (Flock lock = Flock.open(directory)) {
      boolean isInUse = !lock.exclusiveUnlessShared(Flock.MOMENT);
      return Optional.of(new ObjectLook(directory, look(directory, isInUse)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static CachedVersion look(Path directory, boolean isInUse) throws IOException {
    Instant lastUsed = Files.getLastModifiedTime(directory).toInstant();
    boolean isPinned = ObjectFiles.isPinned(directory);
    String id = directory.getFileName().toString();
    try {
      Description what = Description.read(directory);
      MapFile.Summary summary = MapFile.summary(directory.resolve(ObjectFiles.BLOCKS));
      if (summary.layout().size() == what.size()
          && Files.size(directory.resolve(ObjectFiles.DATA)) == what.size())
        return new CachedVersion(
            id,
            what.store(),
            what.key(),
            what.tag(),
            what.size(),
            summary.held(),
            what.cached(),
            lastUsed,
            false,
            isPinned,
            isInUse);
    } catch (BlockMap.Damaged | NoSuchFileException e) {
      // as damaged, below
    }
    long held = ObjectFiles.footprint(directory) - ObjectFiles.OVERHEAD;
    return new CachedVersion(
        id, "", "", "", 0, held, Instant.EPOCH, lastUsed, true, isPinned, isInUse);
  }
}
