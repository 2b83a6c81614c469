package io.sluice.store.s3;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Presign;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A bucket of S3 or of a server that speaks its protocol (API reference: GetObject, HeadObject,
 * ListObjectsV2). Requests are not repeated here: {@link io.sluice.store.ResumingStore} does that,
 * for requests and bodies alike.
 */
public final class S3Store implements ObjectStore {
  /** A body as it comes: without the SDK's own stream around it, which has a timer for each one. */
  private record Answer(GetObjectResponse response, AbortableInputStream body) {}

  private static final ResponseTransformer<GetObjectResponse, Answer> LEFT_OPEN =
      ResponseTransformer.unmanaged(Answer::new);

  private final S3Settings settings;
  private final S3Client client;
  private final String bucket;
  private final @Nullable RequestPayer payer;
  private final S3Errors errors;
  private final S3Access writing;
  private final S3Writer writer;

  S3Store(S3Client client, S3Settings settings) {
    this.settings = settings;
    this.client = client;
    this.bucket = settings.bucket();
    this.payer = settings.access().requesterPays() ? RequestPayer.REQUESTER : null;
    this.errors = new S3Errors(bucket);
    this.writing = new S3Access(settings.forWriting());
    this.writer = new S3Writer(writing);
  }

  /**
   * Makes a client; asks nobody yet.
   *
   * <p>On AWS the region need not be known: the first request finds it.
   *
   * @throws StoreException.Invalid where the profile does not exist
   */
  public static S3Store open(S3Settings settings) throws StoreException {
    try {
      return new S3Store(S3Clients.make(settings), settings);
    } catch (SdkException e) {
      throw new S3Errors(settings.bucket()).translate("opening", "", e);
    } catch (IllegalArgumentException e) {
      throw new StoreException.Invalid(
          "s3://" + settings.bucket() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return meta(key, ask(key, false));
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    HeadObjectResponse answer = ask(key, true);
    return S3Details.of(meta(key, answer), answer);
  }

  private HeadObjectResponse ask(String key, boolean withChecksums) throws StoreException {
    if (key.isEmpty()) throw new StoreException.NotFound("an empty key in s3://" + bucket, null);
    try {
      return client.headObject(
          r ->
              r.bucket(bucket)
                  .key(key)
                  .requestPayer(payer)
                  .checksumMode(withChecksums ? ChecksumMode.ENABLED : null));
    } catch (RuntimeException e) {
      throw errors.translate("HEAD", key, e);
    }
  }

  private ObjectMeta meta(String key, HeadObjectResponse answer) throws StoreException {
    return meta("HEAD", key, answer.eTag(), answer.contentLength(), answer.lastModified());
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    ListObjectsV2Response answer;
    try {
      answer =
          client.listObjectsV2(
              r ->
                  r.bucket(bucket)
                      .prefix(request.prefix())
                      .delimiter(request.delimiter().orElse(null))
                      .continuationToken(request.after().orElse(null))
                      .maxKeys(request.maxKeys())
                      // XML cannot hold every key: one control character would hide a directory.
                      .encodingType(EncodingType.URL)
                      .requestPayer(payer));
    } catch (RuntimeException e) {
      throw errors.translate("LIST", request.prefix(), e);
    }
    Optional<String> next = next(request.prefix(), answer);
    var objects = new ArrayList<ObjectMeta>(answer.contents().size());
    for (S3Object object : answer.contents())
      objects.add(meta("LIST", object.key(), object.eTag(), object.size(), object.lastModified()));
    var prefixes = new ArrayList<String>(answer.commonPrefixes().size());
    for (CommonPrefix prefix : answer.commonPrefixes()) {
      if (prefix.prefix() == null) throw malformed("LIST", request.prefix(), "a nameless prefix");
      prefixes.add(prefix.prefix());
    }
    return new ListPage(objects, prefixes, next);
  }

  /**
   * The token of the next page. An answer that does not say whether there is one, or which, is
   * none: any other XML (a proxy's login page) would be an empty directory, and a page without a
   * token would hide the rest.
   */
  private Optional<String> next(String prefix, ListObjectsV2Response answer) throws StoreException {
    if (answer.isTruncated() == null) throw malformed("LIST", prefix, "no IsTruncated");
    if (!answer.isTruncated()) return Optional.empty();
    if (answer.nextContinuationToken() == null)
      throw malformed("LIST", prefix, "truncated, but no NextContinuationToken");
    return Optional.of(answer.nextContinuationToken());
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
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
    if (!unquoted(answer.eTag()).equals(version.tag()))
      throw new StoreException.Changed(
          "s3://%s/%s is %s now, no longer %s"
              .formatted(bucket, key, unquoted(answer.eTag()), version.tag()),
          null);
  }

  @Override
  public ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    return writer.put(key, body, options);
  }

  @Override
  public ObjectVersion copy(ObjectVersion from, String to, PutOptions options)
      throws StoreException {
    return new S3Copies(writing, this, S3Writer.MOST_BYTES).copy(from, to, options);
  }

  @Override
  public void delete(String key) throws StoreException {
    writer.delete(key);
  }

  @Override
  public Map<String, String> tags(String key) throws StoreException {
    return writer.tags(key);
  }

  @Override
  public void setTags(String key, Map<String, String> tags) throws StoreException {
    writer.setTags(key, tags);
  }

  @Override
  public URI presign(Presign request) throws StoreException {
    try (S3Presigner presigner = S3Clients.presigner(settings, client)) {
      return new S3Presigned(presigner, writing).url(request);
    } catch (SdkException e) {
      throw errors.translate("presigning", request.key(), e); // the region could not be found
    }
  }

  @Override
  public MultipartUploads uploads() {
    return new S3Uploads(writing, this);
  }

  @Override
  public void close() {
    client.close();
    writing.close();
  }

  private ObjectMeta meta(
      String operation,
      @Nullable String key,
      @Nullable String tag,
      @Nullable Long size,
      @Nullable Instant lastModified)
      throws StoreException {
    if (key == null) throw malformed(operation, "", "an object without a key");
    if (lastModified == null) throw malformed(operation, key, "no Last-Modified");
    if (tag == null || unquoted(tag).isEmpty()) throw malformed(operation, key, "no ETag");
    if (size == null || size < 0) throw malformed(operation, key, "no size");
    // A HEAD tells seconds only: some servers' listings (MinIO's) tell the same time differently.
    Instant modified = lastModified.truncatedTo(ChronoUnit.SECONDS);
    return new ObjectMeta(new ObjectVersion(key, unquoted(tag), size), modified);
  }

  /** Some servers (Ceph) send ETags without quotes. */
  static String unquoted(String tag) {
    return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")
        ? tag.substring(1, tag.length() - 1)
        : tag;
  }

  private StoreException malformed(String operation, String key, String what) {
    return new StoreException.Invalid(
        "%s s3://%s/%s: not an S3 answer: %s".formatted(operation, bucket, key, what), null);
  }
}
