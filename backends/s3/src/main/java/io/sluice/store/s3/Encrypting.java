package io.sluice.store.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Says with each request that makes an object how it is to be encrypted. Parts are encrypted as
 * their upload was begun.
 */
record Encrypting(
    ServerSideEncryption encryption, @Nullable String keyId, @Nullable Boolean bucketKey)
    implements ExecutionInterceptor {
  static Encrypting with(Encryption.Kms kms) {
    return new Encrypting(
        ServerSideEncryption.AWS_KMS, kms.keyId().orElse(null), kms.bucketKey() ? true : null);
  }

  static Encrypting withKeysOfS3() {
    return new Encrypting(ServerSideEncryption.AES256, null, null);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return switch (context.request()) {
      case PutObjectRequest put ->
          put.toBuilder()
              .serverSideEncryption(encryption)
              .ssekmsKeyId(keyId)
              .bucketKeyEnabled(bucketKey)
              .build();
      case CreateMultipartUploadRequest create ->
          create.toBuilder()
              .serverSideEncryption(encryption)
              .ssekmsKeyId(keyId)
              .bucketKeyEnabled(bucketKey)
              .build();
      case CopyObjectRequest copy ->
          copy.toBuilder()
              .serverSideEncryption(encryption)
              .ssekmsKeyId(keyId)
              .bucketKeyEnabled(bucketKey)
              .build();
      case SdkRequest other -> other;
    };
  }
}
