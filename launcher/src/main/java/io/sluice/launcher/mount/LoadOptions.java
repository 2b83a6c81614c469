package io.sluice.launcher.mount;

import io.sluice.cache.CacheSettings;
import io.sluice.cache.KeyPattern;
import io.sluice.cache.WholeFiles;
import io.sluice.cache.profile.ProfileException;
import io.sluice.cache.profile.ProfileRecorder;
import io.sluice.fs.SteadyClock;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cache.ProfileOption;
import io.sluice.launcher.cli.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is fetched before a reader asks for it. */
final class LoadOptions {
  @Option(
      names = "--prefetch",
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "Which files are fetched whole, ahead of their readers. auto: model files, and what is"
              + " read in order for long; off: none; whole: every file that is opened."
              + " Default: ${DEFAULT-VALUE}")
  private WholeFiles.Mode prefetch = WholeFiles.Mode.AUTO;

  @Option(
      names = "--model-files",
      split = ",",
      paramLabel = "PATTERN",
      description =
          "What model files are called, instead of the usual endings: '*.safetensors,llama/**'."
              + " Without a slash it is the name, with one the path below the mount point.")
  private List<KeyPattern> modelFiles = List.of();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Write down in which order files are read, at the end and at SIGUSR1, for --profile.")
  private @Nullable Path record;

  @Mixin private ProfileOption profile = new ProfileOption();

  /** The same way of fetching, as these options want it. */
  CacheSettings.Fetching of(CacheSettings.Fetching usual, String prefix) {
    WholeFiles whole = WholeFiles.USUAL.withMode(prefetch);
    return usual.withWhole(modelFiles.isEmpty() ? whole : whole.withModels(below(prefix)));
  }

  /** What is recorded and what is followed; both files are looked at. */
  LoadProfile profile(BucketSource source) throws Failure {
    return new LoadProfile(recorder(source.identity()), profile.read(source));
  }

  private Optional<ProfileRecorder> recorder(String bucket) throws Failure {
    if (record == null) return Optional.empty();
    try {
      return Optional.of(ProfileRecorder.open(record, bucket, new SteadyClock()));
    } catch (ProfileException e) {
      throw Failure.usage("--record: " + e.getMessage());
    }
  }

  private List<KeyPattern> below(String prefix) {
    List<KeyPattern> patterns = new ArrayList<>();
    for (KeyPattern pattern : modelFiles)
      patterns.add(pattern.toString().indexOf('/') < 0 ? pattern : pattern.below(prefix));
    return patterns;
  }
}
