package io.sluice.launcher.mount;

import io.sluice.launcher.cache.DataDirOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the directories of a mount are in each other's way. A mount that reads through itself
 * waits for itself, and nothing but a kill ends that.
 */
record Places(Path mountPoint, Path dataDirectory, Optional<Path> bucket) {
  /** What is wrong, with what to do; empty where nothing is. */
  Optional<String> problem() {
    if (dataDirectory.startsWith(mountPoint))
      return Optional.of(
          "the data directory %s lies in the mount point: choose another --data-dir"
              .formatted(dataDirectory));
    if (bucket.isEmpty()) return Optional.empty();
    Path directory = bucket.get();
    if (mountPoint.startsWith(directory) || directory.startsWith(mountPoint))
      return Optional.of(
          "the mount point %s and the directory %s lie in one another: mount somewhere else"
              .formatted(mountPoint, directory));
    return DataDirOption.problem(dataDirectory, directory);
  }
}
