package io.sluice.store.s3;

import io.sluice.store.Presign;
import io.sluice.store.StoreException;
import java.net.URI;
import java.net.URISyntaxException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** URLs that carry their own signature (Signature Version 4, query parameters). */
final class S3Presigned {
  private final S3Presigner presigner;
  private final S3Access s3;

  S3Presigned(S3Presigner presigner, S3Access s3) {
    this.presigner = presigner;
    this.s3 = s3;
  }

  URI url(Presign request) throws StoreException {
    try {
      return signed(request).url().toURI();
    } catch (SdkException e) {
      throw s3.translate("presigning " + request.method(), request.key(), e);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new StoreException.Invalid("presigning " + request.key() + ": " + e.getMessage(), e);
    }
  }

  private PresignedRequest signed(Presign request) {
    String bucket = s3.bucket();
    AwsRequestOverrideConfiguration query = query(request);
    return switch (request.method()) {
      case GET ->
          presigner.presignGetObject(
              p ->
                  p.signatureDuration(request.validity())
                      .getObjectRequest(
                          r -> r.bucket(bucket).key(request.key()).overrideConfiguration(query)));
      case PUT ->
          presigner.presignPutObject(
              p ->
                  p.signatureDuration(request.validity())
                      .putObjectRequest(
                          r -> r.bucket(bucket).key(request.key()).overrideConfiguration(query)));
      case DELETE ->
          presigner.presignDeleteObject(
              p ->
                  p.signatureDuration(request.validity())
                      .deleteObjectRequest(
                          r -> r.bucket(bucket).key(request.key()).overrideConfiguration(query)));
    };
  }

  private AwsRequestOverrideConfiguration query(Presign request) {
    AwsRequestOverrideConfiguration.Builder more = AwsRequestOverrideConfiguration.builder();
    // Not as a header: whoever has the URL sends none.
    RequestPayer payer = s3.payer();
    if (payer != null) more.putRawQueryParameter("x-amz-request-payer", payer.toString());
    request.query().forEach(more::putRawQueryParameter);
    return more.build();
  }
}
