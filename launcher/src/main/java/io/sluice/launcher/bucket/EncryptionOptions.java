package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.Encryption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the server encrypts what is written. */
final class EncryptionOptions {
  @Option(
      names = "--sse",
      paramLabel = "TYPE",
      description = "AES256 or aws:kms. Default: as the bucket has it.")
  private @Nullable String sse;

  @Option(
      names = "--sse-kms-key-id",
      paramLabel = "KEY",
      description = "Id, ARN or alias of the key for --sse aws:kms.")
  private @Nullable String keyId;

  @Option(
      names = "--bucket-key-enabled",
      description = "One key for the bucket with --sse aws:kms: fewer requests to KMS.")
  private boolean bucketKey;

  Encryption encryption() throws Failure {
    if (!"aws:kms".equals(sse) && (keyId != null || bucketKey))
      throw Failure.usage("--sse-kms-key-id and --bucket-key-enabled go with --sse aws:kms only");
    return switch (sse) {
      case null -> Encryption.OF_BUCKET;
      case "AES256" -> Encryption.AES_256;
      case "aws:kms" -> new Encryption.Kms(Optional.ofNullable(keyId), bucketKey);
      default -> throw Failure.usage("--sse %s: write AES256 or aws:kms".formatted(sse));
    };
  }

  /** An option that is given. */
  Optional<String> given() {
    if (sse != null) return Optional.of("--sse");
    if (keyId != null) return Optional.of("--sse-kms-key-id");
    return bucketKey ? Optional.of("--bucket-key-enabled") : Optional.empty();
  }
}
