package io.sluice.launcher.upload;

import io.sluice.launcher.cli.Failure;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an upload's state is. */
final class StateOption {
  @Option(
      names = "--state-file",
      paramLabel = "FILE",
      description = "Where it is written down how far the upload is.")
  private @Nullable Path file;

  Path required() throws Failure {
    return given().orElseThrow(() -> Failure.usage("no state file: give one with --state-file"));
  }

  Optional<Path> given() {
    return Optional.ofNullable(file);
  }
}
