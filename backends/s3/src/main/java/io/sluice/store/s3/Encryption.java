package io.sluice.store.s3;

import java.util.Optional;

/**
 * How the server is to encrypt what is written. Reading needs none of it: the server decrypts what
 * the caller may read. A value, immutable.
 */
public sealed interface Encryption {
  /** As the bucket has it by default; nothing is sent. */
  Encryption OF_BUCKET = new OfBucket();

  /** With keys of S3's own (SSE-S3). */
  Encryption AES_256 = new Aes256();

  /** Nothing is asked for. */
  record OfBucket() implements Encryption {}

  /** {@code AES256}. */
  record Aes256() implements Encryption {}

  /**
   * With a key of KMS (SSE-KMS, {@code aws:kms}).
   *
   * @param keyId id, ARN or alias; AWS's own key of the account where it is absent
   * @param bucketKey one key for the bucket, which costs fewer requests to KMS
   */
  record Kms(Optional<String> keyId, boolean bucketKey) implements Encryption {
    public Kms {
      if (keyId.filter(String::isBlank).isPresent())
        throw new IllegalArgumentException("the id of the KMS key is blank");
    }
  }
}
