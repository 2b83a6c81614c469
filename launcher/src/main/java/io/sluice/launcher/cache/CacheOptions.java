package io.sluice.launcher.cache;

import io.sluice.cache.CacheSettings;
import io.sluice.launcher.bucket.Parallelism;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is kept on the local disk, and how much is fetched at once. */
public final class CacheOptions {
  /** A disk that is full stops everything else on the machine; so much of it stays free. */
  private static final int RESERVED_SHARE = 10;

  private static final long MOST_RESERVED = 20L << 30;

  @Mixin private DataDirOption dataDir = new DataDirOption();

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
      description = "GETs in flight, 1 to 256, or auto. Default: ${DEFAULT-VALUE}")
  private Parallelism parallelism = Parallelism.parse("16");

  /** As many GETs at once as there may become; connections are needed for all of them. */
  public int highestParallelism() {
    return parallelism.inFlight().highest();
  }

  public Path directory(Environment environment) throws Failure {
    return dataDir.directory(environment);
  }

  public CacheSettings settings(Environment environment) throws Failure {
    Path directory = directory(environment);
    long most = cacheSize == null ? Long.MAX_VALUE : cacheSize.bytes();
    return CacheSettings.of(
        directory,
        new CacheSettings.Space(most, reserve(directory)),
        CacheSettings.Fetching.with(parallelism.inFlight()));
  }

  /** In words, for the ready line. */
  public String bound() {
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
