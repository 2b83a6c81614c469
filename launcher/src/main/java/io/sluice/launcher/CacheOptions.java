package io.sluice.launcher;

import io.sluice.cache.CacheSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is kept on the local disk, and how much is fetched at once. */
final class CacheOptions {
  private static final int MOST_PARALLEL = 256;

  /** A disk that is full stops everything else on the machine; so much of it stays free. */
  private static final int RESERVED_SHARE = 10;

  private static final long MOST_RESERVED = 20L << 30;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where blocks are cached; made where it is missing. One mount at a time.%n"
              + "Default: ${sluice.data-dir}")
  private @Nullable Path dataDir;

  // The bound follows what others need of the disk, so a default in bytes would be a guess that
  // is wrong on every second disk.
  @Option(
      names = "--cache-size",
      paramLabel = "SIZE",
      description =
          "Bound of the cache, for instance 100G or 1.5TB. Default: the disk; a tenth of it, at"
              + " most 20 GiB, always stays free, whatever is given here.")
  private @Nullable ByteSize cacheSize;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "16",
      description = "GETs in flight, 1 to 256. Default: ${DEFAULT-VALUE}")
  private int parallelism;

  int parallelism() throws Failure {
    if (parallelism < 1 || parallelism > MOST_PARALLEL)
      throw Failure.usage(
          "--parallelism %d: give a number from 1 to %d".formatted(parallelism, MOST_PARALLEL));
    return parallelism;
  }

  Path directory(Environment environment) throws Failure {
    if (dataDir != null) return dataDir.toAbsolutePath().normalize();
    return environment
        .dataDirectory()
        .orElseThrow(() -> Failure.usage("no home directory to cache in: give --data-dir"));
  }

  CacheSettings settings(Environment environment) throws Failure {
    Path directory = directory(environment);
    long most = cacheSize == null ? Long.MAX_VALUE : cacheSize.bytes();
    return CacheSettings.of(
        directory, new CacheSettings.Space(most, reserve(directory)), parallelism());
  }

  /** In words, for the ready line. */
  String bound() {
    return cacheSize == null ? "bounded by its disk" : "at most " + cacheSize;
  }

  private static long reserve(Path directory) {
    try {
      long disk = Files.getFileStore(nearestThatExists(directory)).getTotalSpace();
      return Math.min(disk / RESERVED_SHARE, MOST_RESERVED);
    } catch (IOException _) {
      // Opening the data directory will say better what is wrong with it.
      return MOST_RESERVED;
    }
  }

  private static Path nearestThatExists(Path directory) {
    for (Path path = directory; path != null; path = path.getParent())
      if (Files.exists(path)) return path;
    return Path.of("/");
  }
}
