package io.sluice.store.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Where a profile of the AWS configuration files says that the bucket is. Read by us, because
 * another server takes other settings with it, and because what is cached of one server must not be
 * shown for another. Credentials stay with the SDK.
 *
 * @param endpointUrl {@code endpoint_url} of the profile's {@code services} section for S3, else of
 *     the profile
 * @param region of the profile
 */
public record AwsProfile(Optional<String> endpointUrl, Optional<String> region) {
  /** What a profile that does not exist says. */
  public static final AwsProfile NONE = new AwsProfile(Optional.empty(), Optional.empty());

  /**
   * Reads a profile; files that do not exist say nothing.
   *
   * @param config as {@code ~/.aws/config}
   * @param credentials as {@code ~/.aws/credentials}
   * @throws IllegalArgumentException where a file is not in their form, naming it
   */
  public static AwsProfile read(Path config, Path credentials, String name) {
    // Most servers have none: then the SDK's classes need not be loaded to find that out.
    if (!Files.exists(config) && !Files.exists(credentials)) return NONE;
    ProfileFile files =
        ProfileFile.aggregator()
            .addFile(file(credentials, ProfileFile.Type.CREDENTIALS))
            .addFile(file(config, ProfileFile.Type.CONFIGURATION))
            .build();
    return files.profile(name).map(profile -> of(files, profile)).orElse(NONE);
  }

  private static ProfileFile file(Path path, ProfileFile.Type type) {
    var builder = ProfileFile.builder().type(type);
    try {
      return Files.isRegularFile(path)
          ? builder.content(path).build()
          : builder.content("").build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the AWS configuration file %s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static AwsProfile of(ProfileFile files, Profile profile) {
    boolean isIgnored = profile.booleanProperty("ignore_configured_endpoint_urls").orElse(false);
    Optional<String> ofS3 =
        profile
            .property("services")
            .flatMap(services -> files.getSection("services", services))
            .flatMap(services -> services.property("s3.endpoint_url"));
    return new AwsProfile(
        ofS3.or(() -> profile.property("endpoint_url")).filter(_ -> !isIgnored),
        profile.property("region"));
  }
}
