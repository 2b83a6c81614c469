package io.sluice.store.s3;

import io.sluice.store.AtExit;
import io.sluice.store.ByteRange;
import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/**
 * Copies into a bucket, from itself or from another one of its server: in one request up to 5 GiB,
 * beyond that in parts, several at once. With a precondition always in parts: many servers ignore
 * it in a CopyObject, and know it when an upload is completed.
 */
final class S3Copies {
  private static final Logger LOG = LoggerFactory.getLogger(S3Copies.class);
  private static final int AT_ONCE = 8;

  /** In bytes: some seconds of a server's work. */
  private static final long PART = 256L << 20;

  /** Of this process: as true of the next object. */
  private static final AtomicBoolean SAID_THAT_TAGS_ARE_LEFT = new AtomicBoolean();

  private final S3Access s3;
  private final S3Store store;
  private final S3Store source;
  private final long mostInOneRequest;

  /** Copies within a bucket. */
  S3Copies(S3Access s3, S3Store store, long mostInOneRequest) {
    this(s3, store, store, mostInOneRequest);
  }

  /**
   * Copies with the clients of a store.
   *
   * @param store into which they go
   * @param source where they come from, which may be the same
   * @param mostInOneRequest bytes that one request copies; also of one part
   */
  S3Copies(S3Access s3, S3Store store, S3Store source, long mostInOneRequest) {
    this.s3 = s3;
    this.store = store;
    this.source = source;
    this.mostInOneRequest = mostInOneRequest;
  }

  ObjectVersion copy(ObjectVersion from, String to, PutOptions options) throws StoreException {
    s3.requireKey(to);
    // What is not given is kept, and not all of that is kept by itself.
    ObjectAttributes kept =
        options.attributes().isEmpty() ? attributesOf(from) : ObjectAttributes.NONE;
    if (store.equals(source) && from.key().equals(to) && options.equals(PutOptions.ANY))
      return from;
    return from.size() <= mostInOneRequest && !options.isConditional()
        ? inOneRequest(from, to, options.attributes(), kept)
        : inParts(from, to, options, kept);
  }

  private ObjectVersion inOneRequest(
      ObjectVersion from, String to, ObjectAttributes attributes, ObjectAttributes kept)
      throws StoreException {
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(source.bucket())
            .sourceKey(from.key())
            .copySourceIfMatch('"' + from.tag() + '"')
            .destinationBucket(s3.bucket())
            .destinationKey(to)
            .requestPayer(s3.payer())
            .overrideConfiguration(s3.timeFor(from.size()));
    kept.storageClass().ifPresent(request::storageClass);
    if (!attributes.isEmpty()) replace(request, attributes);
    try {
      CopyObjectResponse answer = s3.client().copyObject(request.build());
      if (answer.copyObjectResult() == null)
        throw new StoreException.Invalid("not an S3 answer: no CopyObjectResult", null);
      String tag = S3Writer.tag(to, answer.copyObjectResult().eTag());
      return new ObjectVersion(to, tag, from.size());
    } catch (RuntimeException e) {
      throw s3.translate("copying " + from.key() + " to", to, e);
    }
  }

  private static void replace(CopyObjectRequest.Builder request, ObjectAttributes attributes) {
    request
        .metadataDirective(MetadataDirective.REPLACE)
        .taggingDirective(TaggingDirective.REPLACE)
        .tagging(Tags.tagging(attributes.tags()))
        .contentType(S3Writer.header(attributes, ContentHeader.CONTENT_TYPE))
        .contentEncoding(S3Writer.header(attributes, ContentHeader.CONTENT_ENCODING))
        .contentLanguage(S3Writer.header(attributes, ContentHeader.CONTENT_LANGUAGE))
        .contentDisposition(S3Writer.header(attributes, ContentHeader.CONTENT_DISPOSITION))
        .cacheControl(S3Writer.header(attributes, ContentHeader.CACHE_CONTROL))
        .metadata(attributes.metadata());
    attributes.storageClass().ifPresent(request::storageClass);
    attributes.acl().ifPresent(request::acl);
  }

  /** An upload whose parts come from the source; its attributes do not come by themselves. */
  private ObjectVersion inParts(
      ObjectVersion from, String to, PutOptions options, ObjectAttributes kept)
      throws StoreException {
    ObjectAttributes attributes =
        options.attributes().isEmpty() ? withTags(from, kept) : options.attributes();
    S3Uploads uploads = new S3Uploads(s3, store);
    UploadId upload = uploads.create(to, attributes, false);
    boolean completed = false;
    AtExit.Entry atExit =
        AtExit.JVM.add(
            "upload " + upload.id() + " to " + upload.key(), () -> uploads.abort(upload));
    try {
      ObjectVersion copied =
          uploads.complete(upload, copyParts(upload, from), options.precondition());
      completed = true;
      return copied;
    } finally {
      if (!completed) abort(uploads, upload);
      atExit.close();
    }
  }

  /** Also where the thread is interrupted: the client would refuse to send anything. */
  private static void abort(S3Uploads uploads, UploadId upload) {
    boolean interrupted = Thread.interrupted();
    try {
      uploads.abort(upload);
    } catch (StoreException e) {
      LOG.warn("upload {} to {} is not aborted: {}", upload.id(), upload.key(), e.getMessage());
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private ObjectAttributes attributesOf(ObjectVersion from) throws StoreException {
    ObjectDetails object = source.describe(from.key());
    if (!object.meta().version().equals(from))
      throw new StoreException.Changed(
          "%s is %s now, no longer %s"
              .formatted(from.key(), object.meta().version().tag(), from.tag()),
          null);
    return object.attributes();
  }

  private ObjectAttributes withTags(ObjectVersion from, ObjectAttributes attributes)
      throws StoreException {
    try {
      return attributes.withTags(source.tags(from.key()));
    } catch (StoreException.Unsupported e) {
      return attributes; // a server without tags
    } catch (StoreException.Denied e) {
      // As a rule of public buckets: their objects may be read, their tags may not.
      if (SAID_THAT_TAGS_ARE_LEFT.compareAndSet(false, true))
        LOG.warn("tags are not copied: they may not be read: {}", e.getMessage());
      return attributes;
    }
  }

  /** One part at least: an empty object is a part of no bytes. */
  private List<Part> copyParts(UploadId upload, ObjectVersion from) throws StoreException {
    var copying = new ArrayList<Future<Part>>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(AT_ONCE, s3.connections()), Thread.ofVirtual().name("copy-", 0).factory())) {
      try {
        long partSize =
            Math.min(mostInOneRequest, Math.max(PART, Math.ceilDiv(from.size(), Part.MOST)));
        long start = 0;
        do {
          var range = new ByteRange(start, Math.min(start + partSize, from.size()));
          int number = copying.size() + 1;
          copying.add(threads.submit(() -> copyPart(upload, number, from, range)));
          start = range.end();
        } while (start < from.size());
        var parts = new ArrayList<Part>();
        for (Future<Part> part : copying) parts.add(part.get());
        return parts;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof StoreException reason
            ? reason
            : new StoreException.Invalid("copying " + from.key() + ": " + e.getCause(), e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new StoreException.Unavailable("interrupted while copying " + from.key(), e);
      }
    }
  }

  private static @Nullable String header(ByteRange range) {
    return range.isEmpty() ? null : "bytes=" + range.start() + "-" + (range.end() - 1);
  }

  private Part copyPart(UploadId upload, int number, ObjectVersion from, ByteRange range)
      throws StoreException {
    try {
      UploadPartCopyResponse answer =
          s3.client()
              .uploadPartCopy(
                  r ->
                      r.sourceBucket(source.bucket())
                          .sourceKey(from.key())
                          .copySourceIfMatch('"' + from.tag() + '"')
                          .copySourceRange(header(range))
                          .destinationBucket(s3.bucket())
                          .destinationKey(upload.key())
                          .uploadId(upload.id())
                          .partNumber(number)
                          .requestPayer(s3.payer())
                          .overrideConfiguration(s3.timeFor(range.length())));
      String tag = S3Writer.tag(upload.key(), answer.copyPartResult().eTag());
      return new Part(number, tag, range.length(), Optional.empty());
    } catch (RuntimeException e) {
      throw s3.translate("copying " + from.key() + " to", upload.key(), e);
    }
  }
}
