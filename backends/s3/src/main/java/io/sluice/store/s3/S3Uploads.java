package io.sluice.store.s3;

import io.sluice.store.ContentHeader;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.UploadId;
import io.sluice.store.WatchedPayload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Multipart uploads of S3 (API reference: CreateMultipartUpload and what follows it). */
final class S3Uploads implements MultipartUploads {
  /** AWS puts thousands of parts together for minutes, and sends blanks meanwhile. */
  private static final Duration COMPLETING = Duration.ofMinutes(10);

  private final S3Access s3;
  private final S3Store store;

  S3Uploads(S3Access s3, S3Store store) {
    this.s3 = s3;
    this.store = store;
  }

  @Override
  public UploadId create(String key, ObjectAttributes attributes) throws StoreException {
    return create(key, attributes, s3.integrity() == Integrity.CRC32C);
  }

  /** Parts that are copied bring no checksum, and may not where the upload asks for one. */
  UploadId create(String key, ObjectAttributes attributes, boolean isSummed) throws StoreException {
    s3.requireKey(key);
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(s3.bucket())
            .key(key)
            .requestPayer(s3.payer())
            .contentType(S3Writer.header(attributes, ContentHeader.CONTENT_TYPE))
            .contentEncoding(S3Writer.header(attributes, ContentHeader.CONTENT_ENCODING))
            .contentLanguage(S3Writer.header(attributes, ContentHeader.CONTENT_LANGUAGE))
            .contentDisposition(S3Writer.header(attributes, ContentHeader.CONTENT_DISPOSITION))
            .cacheControl(S3Writer.header(attributes, ContentHeader.CACHE_CONTROL))
            .metadata(attributes.metadata());
    attributes.storageClass().ifPresent(request::storageClass);
    attributes.acl().ifPresent(request::acl);
    if (!attributes.tags().isEmpty()) request.tagging(Tags.tagging(attributes.tags()));
    // The object then has the checksum of all its bytes, not one of its parts' checksums.
    if (isSummed)
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumType(ChecksumType.FULL_OBJECT);
    CreateMultipartUploadResponse answer;
    try {
      answer = s3.client().createMultipartUpload(request.build());
    } catch (RuntimeException e) {
      throw s3.translate("beginning an upload to", key, e);
    }
    if (answer.uploadId() == null || answer.uploadId().isEmpty())
      throw new StoreException.Invalid("not an S3 answer: no UploadId for " + key, null);
    return new UploadId(key, answer.uploadId());
  }

  @Override
  public Part put(UploadId upload, int number, Payload payload) throws StoreException {
    Part.requireNumber(number);
    if (payload.length() > S3Writer.MOST_BYTES)
      throw new StoreException.TooLarge(
          "part %d of %s has %d bytes: a part has at most 5 GiB"
              .formatted(number, upload.key(), payload.length()),
          null);
    var body = new WatchedPayload(upload.key(), payload);
    try {
      UploadPartRequest.Builder request =
          UploadPartRequest.builder()
              .bucket(s3.bucket())
              .key(upload.key())
              .uploadId(upload.id())
              .partNumber(number)
              .requestPayer(s3.payer())
              .overrideConfiguration(s3.timeFor(payload.length()));
      Integrity.Checksums sums = integrity(upload).of(body);
      sums.crc32cHeader().ifPresent(request::checksumCRC32C);
      sums.md5().ifPresent(request::contentMD5);
      UploadPartResponse answer = s3.client().uploadPart(request.build(), S3Writer.sent(body));
      String tag = S3Writer.tag(upload.key(), answer.eTag());
      return new Part(number, tag, payload.length(), sums.crc32c());
    } catch (IOException | RuntimeException e) {
      throw body.reason(s3.translate("PUT part " + number + " of", upload.key(), e));
    }
  }

  /** AWS refuses checksums of parts, but for MD5, where the upload began without any. */
  private Integrity integrity(UploadId upload) {
    boolean isRefused = s3.integrity() == Integrity.CRC32C && !upload.isSummed();
    return isRefused ? Integrity.MD5 : s3.integrity();
  }

  @Override
  public List<Part> parts(UploadId upload) throws StoreException {
    var parts = new ArrayList<Part>();
    var pages = new Pages("listing the parts of", upload.key());
    for (Optional<Integer> after = Optional.of(0); after.isPresent(); ) {
      ListPartsResponse page = page(upload, after.get());
      for (var part : page.parts()) {
        String tag = S3Writer.tag(upload.key(), part.eTag());
        Optional<Integer> crc = StoredCrc32c.decoded(part.checksumCRC32C());
        parts.add(new Part(part.partNumber(), tag, part.size(), crc));
      }
      after = pages.next(page.isTruncated(), after.get(), page.nextPartNumberMarker());
    }
    return parts;
  }

  private ListPartsResponse page(UploadId upload, int after) throws StoreException {
    try {
      return s3.client()
          .listParts(
              r ->
                  r.bucket(s3.bucket())
                      .key(upload.key())
                      .uploadId(upload.id())
                      .partNumberMarker(after == 0 ? null : after)
                      .requestPayer(s3.payer()));
    } catch (RuntimeException e) {
      throw s3.translate("listing the parts of", upload.key(), e);
    }
  }

  @Override
  public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
      throws StoreException {
    List<Part> inOrder = requireConsecutive(upload, parts);
    List<CompletedPart> named = inOrder.stream().map(S3Uploads::named).toList();
    try {
      CompleteMultipartUploadResponse answer =
          s3.client()
              .completeMultipartUpload(
                  r ->
                      r.bucket(s3.bucket())
                          .key(upload.key())
                          .uploadId(upload.id())
                          .multipartUpload(m -> m.parts(named))
                          .ifMatch(S3Writer.ifMatch(precondition))
                          .ifNoneMatch(S3Writer.ifNoneMatch(precondition))
                          .requestPayer(s3.payer())
                          .overrideConfiguration(c -> c.apiCallTimeout(COMPLETING)));
      String tag = S3Writer.tag(upload.key(), answer.eTag());
      return new ObjectVersion(upload.key(), tag, LostAnswer.size(inOrder));
    } catch (RuntimeException e) {
      StoreException reason = s3.refused("completing", upload.key(), precondition, e);
      return new LostAnswer(store, upload, inOrder).madeBefore(reason);
    }
  }

  /** AWS refuses holes where the parts have checksums ("CompletedPart" in the API reference). */
  private static List<Part> requireConsecutive(UploadId upload, List<Part> parts)
      throws StoreException {
    List<Part> inOrder = parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
    for (int i = 0; i < inOrder.size(); i++)
      if (inOrder.get(i).number() != i + 1)
        throw new StoreException.Invalid(
            "the upload to %s has no part %d".formatted(upload.key(), i + 1), null);
    if (inOrder.isEmpty())
      throw new StoreException.Invalid("an upload of no parts to " + upload.key(), null);
    return inOrder;
  }

  /** A part that was sent with a checksum is named with it. */
  private static CompletedPart named(Part part) {
    CompletedPart.Builder named =
        CompletedPart.builder().partNumber(part.number()).eTag(part.tag());
    part.crc32c().map(StoredCrc32c::encoded).ifPresent(named::checksumCRC32C);
    return named.build();
  }

  @Override
  public void abort(UploadId upload) throws StoreException {
    try {
      s3.client()
          .abortMultipartUpload(
              r ->
                  r.bucket(s3.bucket())
                      .key(upload.key())
                      .uploadId(upload.id())
                      .requestPayer(s3.payer()));
    } catch (RuntimeException e) {
      StoreException reason = s3.translate("aborting the upload to", upload.key(), e);
      if (!(reason instanceof StoreException.NotFound)) throw reason;
    }
  }

  @Override
  public List<PendingUpload> pending(String prefix) throws StoreException {
    var pending = new ArrayList<PendingUpload>();
    var pages = new Pages("listing the uploads below", prefix);
    for (Optional<UploadMarker> after = Optional.of(UploadMarker.START); after.isPresent(); ) {
      ListMultipartUploadsResponse page = page(prefix, after.get());
      for (var upload : page.uploads())
        if (upload.key().startsWith(prefix))
          pending.add(
              new PendingUpload(new UploadId(upload.key(), upload.uploadId()), upload.initiated()));
      var next = new UploadMarker(page.nextKeyMarker(), page.nextUploadIdMarker());
      after = pages.next(page.isTruncated(), after.get(), next.key() == null ? null : next);
    }
    pending.sort(PendingUpload.IN_ORDER);
    return pending;
  }

  private record UploadMarker(@Nullable String key, @Nullable String id) {
    static final UploadMarker START = new UploadMarker(null, null);
  }

  private ListMultipartUploadsResponse page(String prefix, UploadMarker after)
      throws StoreException {
    try {
      return s3.client()
          .listMultipartUploads(
              r ->
                  r.bucket(s3.bucket())
                      // MinIO takes a prefix for a whole key.
                      .prefix(s3.isForeign() ? null : prefix)
                      .keyMarker(after.key())
                      .uploadIdMarker(after.id())
                      .encodingType(EncodingType.URL)
                      .requestPayer(s3.payer()));
    } catch (RuntimeException e) {
      throw s3.translate("listing the uploads below", prefix, e);
    }
  }
}
