package io.sluice.launcher.cache;

import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where blocks are cached. */
public final class DataDirOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where blocks are cached; made where it is missing. Mounts may share one.%n"
              + "Default: ${sluice.data-dir}")
  private @Nullable Path dataDir;

  /** What is wrong with this data directory for a bucket that is that directory. */
  public static Optional<String> problem(Path dataDirectory, Path bucket) {
    if (!dataDirectory.startsWith(bucket)) return Optional.empty();
    return Optional.of(
        "the data directory %s lies in the bucket %s: choose another --data-dir"
            .formatted(dataDirectory, bucket));
  }

  public Path directory(Environment environment) throws Failure {
    if (dataDir != null) return dataDir.toAbsolutePath().normalize();
    return environment
        .dataDirectory()
        .orElseThrow(() -> Failure.usage("no home directory to cache in: give --data-dir"));
  }
}
