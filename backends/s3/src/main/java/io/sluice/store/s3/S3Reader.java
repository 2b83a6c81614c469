package io.sluice.store.s3;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/** Single objects as they are read: GetObject and HeadObject, of the latest or of one version. */
final class S3Reader {
  /** A body as it comes: without the SDK's own stream around it, which has a timer for each one. */
  private record Answer(GetObjectResponse response, AbortableInputStream body) {}

  private static final ResponseTransformer<GetObjectResponse, Answer> LEFT_OPEN =
      ResponseTransformer.unmanaged(Answer::new);

  private final S3Client client;
  private final String bucket;
  private final @Nullable RequestPayer payer;
  private final @Nullable String versionId;
  private final S3Errors errors;

  S3Reader(S3Client client, S3Settings settings, Optional<String> versionId) {
    this.client = client;
    this.bucket = settings.bucket();
    this.payer = settings.access().requesterPays() ? RequestPayer.REQUESTER : null;
    this.versionId = versionId.orElse(null);
    this.errors = new S3Errors(bucket);
  }

  HeadObjectResponse head(String key, boolean withChecksums) throws StoreException {
    if (key.isEmpty()) throw new StoreException.NotFound("an empty key in s3://" + bucket, null);
    try {
      return client.headObject(
          r ->
              r.bucket(bucket)
                  .key(key)
                  .versionId(versionId)
                  .requestPayer(payer)
                  .checksumMode(withChecksums ? ChecksumMode.ENABLED : null));
    } catch (RuntimeException e) {
      throw errors.translate("HEAD", key, e);
    }
  }

  HeadObjectResponse headPart(ObjectVersion version, int number) throws StoreException {
    try {
      return client.headObject(
          r ->
              r.bucket(bucket)
                  .key(version.key())
                  .ifMatch('"' + version.tag() + '"')
                  .partNumber(number)
                  .versionId(versionId)
                  .requestPayer(payer));
    } catch (RuntimeException e) {
      throw errors.translate("HEAD part " + number + " of", version.key(), e);
    }
  }

  InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    String key = version.key();
    if (range.end() > version.size())
      throw new StoreException.RangeNotSatisfiable(
          "GET %s of s3://%s/%s, which has %d bytes".formatted(range, bucket, key, version.size()),
          null);
    if (range.isEmpty()) return InputStream.nullInputStream();
    Answer answer;
    try {
      answer =
          client.getObject(
              GetObjectRequest.builder()
                  .bucket(bucket)
                  .key(key)
                  .ifMatch('"' + version.tag() + '"')
                  .versionId(versionId)
                  .range("bytes=" + range.start() + "-" + (range.end() - 1))
                  .requestPayer(payer)
                  .build(),
              LEFT_OPEN);
    } catch (RuntimeException e) {
      throw errors.translate("GET " + range + " of", key, e);
    }
    try {
      check(version, range, answer.response());
      boolean hasLength = answer.response().contentLength() != null;
      return new S3Body(answer.body(), errors, key, range, hasLength);
    } catch (StoreException e) {
      Optional<ErrorDocument> error = HiddenError.in(answer.response(), answer.body());
      answer.body().abort();
      if (error.isEmpty()) throw e;
      throw HiddenError.kind("GET s3://" + bucket + "/" + key, error.get(), e);
    }
  }

  /**
   * A server that ignores the range or the condition must not give us other bytes than we asked
   * for.
   */
  private void check(ObjectVersion version, ByteRange range, GetObjectResponse answer)
      throws StoreException {
    String key = version.key();
    String expected = "bytes %d-%d/%d".formatted(range.start(), range.end() - 1, version.size());
    if (answer.contentRange() == null) {
      if (!range.equals(version.all()))
        throw malformed("GET", key, "the answer is not the range " + range);
    } else if (!answer.contentRange().equals(expected)) {
      throw malformed("GET", key, "asked for " + expected + ", got " + answer.contentRange());
    }
    // A range tells its length itself; a whole object without a length could end anywhere.
    boolean isRange = answer.contentRange() != null;
    if (answer.contentLength() == null ? !isRange : answer.contentLength() != range.length())
      throw malformed("GET", key, "Content-Length is not " + range.length());
    if (answer.eTag() == null) throw malformed("GET", key, "no ETag");
    if (!S3Store.unquoted(answer.eTag()).equals(version.tag()))
      throw new StoreException.Changed(
          "s3://%s/%s is %s now, no longer %s"
              .formatted(bucket, key, S3Store.unquoted(answer.eTag()), version.tag()),
          null);
  }

  /** An answer that no S3 gives. */
  StoreException malformed(String operation, String key, String what) {
    return new StoreException.Invalid(
        "%s s3://%s/%s: not an S3 answer: %s".formatted(operation, bucket, key, what), null);
  }
}
