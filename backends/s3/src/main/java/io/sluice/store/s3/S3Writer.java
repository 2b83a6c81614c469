package io.sluice.store.s3;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.WatchedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Objects written and deleted in one request each (PutObject, DeleteObject, object tagging). */
final class S3Writer {
  /** As much as one request can bring (S3 User Guide, "Uploading objects"). */
  static final long MOST_BYTES = 5L << 30;

  private final S3Access s3;

  S3Writer(S3Access s3) {
    this.s3 = s3;
  }

  ObjectVersion put(String key, Payload payload, PutOptions options) throws StoreException {
    s3.requireKey(key);
    if (payload.length() > MOST_BYTES)
      throw new StoreException.TooLarge(
          "%s: %d bytes are more than one request takes (5 GiB): upload it in parts"
              .formatted(key, payload.length()),
          null);
    var body = new WatchedPayload(key, payload);
    PutObjectResponse answer;
    try {
      PutObjectRequest.Builder request =
          PutObjectRequest.builder()
              .bucket(s3.bucket())
              .key(key)
              .requestPayer(s3.payer())
              .ifMatch(ifMatch(options.precondition()))
              .ifNoneMatch(ifNoneMatch(options.precondition()))
              .overrideConfiguration(s3.timeFor(payload.length()));
      describe(request, options.attributes());
      Integrity.Checksums sums = s3.integrity().of(body);
      sums.crc32cHeader().ifPresent(request::checksumCRC32C);
      sums.md5().ifPresent(request::contentMD5);
      answer = s3.client().putObject(request.build(), sent(body));
    } catch (IOException | RuntimeException e) {
      throw body.reason(s3.refused("PUT", key, options.precondition(), e));
    }
    return new ObjectVersion(key, tag(key, answer.eTag()), payload.length());
  }

  private static void describe(PutObjectRequest.Builder request, ObjectAttributes attributes) {
    request
        .contentType(header(attributes, ContentHeader.CONTENT_TYPE))
        .contentEncoding(header(attributes, ContentHeader.CONTENT_ENCODING))
        .contentLanguage(header(attributes, ContentHeader.CONTENT_LANGUAGE))
        .contentDisposition(header(attributes, ContentHeader.CONTENT_DISPOSITION))
        .cacheControl(header(attributes, ContentHeader.CACHE_CONTROL))
        .metadata(attributes.metadata());
    attributes.storageClass().ifPresent(request::storageClass);
    attributes.acl().ifPresent(request::acl);
    if (!attributes.tags().isEmpty()) request.tagging(Tags.tagging(attributes.tags()));
  }

  static @Nullable String header(ObjectAttributes attributes, ContentHeader header) {
    return attributes.header(header).orElse(null);
  }

  static @Nullable String ifMatch(Precondition precondition) {
    return precondition instanceof Precondition.Unchanged(String tag) ? '"' + tag + '"' : null;
  }

  static @Nullable String ifNoneMatch(Precondition precondition) {
    return precondition instanceof Precondition.Absent ? "*" : null;
  }

  /** Opened by the SDK as often as it needs it: once to sign, once to send. */
  static RequestBody sent(WatchedPayload body) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return body.open();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        body.length(),
        "application/octet-stream");
  }

  static String tag(String key, @Nullable String tag) throws StoreException {
    if (tag == null || tag.isEmpty())
      throw new StoreException.Invalid("not an S3 answer: no ETag of " + key, null);
    return S3Store.unquoted(tag);
  }

  void delete(String key) throws StoreException {
    s3.requireKey(key);
    try {
      s3.client().deleteObject(r -> r.bucket(s3.bucket()).key(key).requestPayer(s3.payer()));
    } catch (RuntimeException e) {
      StoreException reason = s3.translate("DELETE", key, e);
      // Some servers say so of a key that is not there; of a bucket it is told.
      if (reason instanceof StoreException.NotFound && S3Access.isNoSuchKey(e)) return;
      throw reason;
    }
  }

  Map<String, String> tags(String key) throws StoreException {
    try {
      return Tags.of(
          s3.client()
              .getObjectTagging(r -> r.bucket(s3.bucket()).key(key).requestPayer(s3.payer()))
              .tagSet());
    } catch (RuntimeException e) {
      throw s3.translate("GET the tags of", key, e);
    }
  }

  void setTags(String key, Map<String, String> tags) throws StoreException {
    ObjectAttributes.requireTags(tags);
    try {
      if (tags.isEmpty()) s3.client().deleteObjectTagging(r -> r.bucket(s3.bucket()).key(key));
      else
        s3.client()
            .putObjectTagging(
                r ->
                    r.bucket(s3.bucket())
                        .key(key)
                        .tagging(Tags.tagging(tags))
                        .requestPayer(s3.payer()));
    } catch (RuntimeException e) {
      throw s3.translate("PUT the tags of", key, e);
    }
  }
}
