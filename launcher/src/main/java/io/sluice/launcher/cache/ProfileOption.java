package io.sluice.launcher.cache;

import io.sluice.cache.profile.AccessProfile;
import io.sluice.cache.profile.ProfileException;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which recorded load to follow. */
public final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Fetch what a mount with --record has read, in that order.")
  private @Nullable Path profile;

  public boolean isGiven() {
    return profile != null;
  }

  /** What it says of that part of the bucket which is shown; empty where it is not given. */
  public Optional<AccessProfile> read(BucketSource source) throws Failure {
    if (profile == null) return Optional.empty();
    // Whoever knows AWS's own tools may mean theirs.
    if (!Files.exists(profile))
      throw Failure.usage(
          "--profile %s: there is no such file: record it with 'sluice mount --record %s', or name credentials with --aws-profile"
              .formatted(profile, profile));
    try {
      return Optional.of(
          AccessProfile.read(profile.toAbsolutePath(), source.identity())
              .below(source.address().prefix()));
    } catch (ProfileException e) {
      throw Failure.usage("--profile: " + e.getMessage());
    }
  }
}
