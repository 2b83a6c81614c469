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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
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
  private final S3Settings settings;
  private final S3Client client;
  private final String bucket;
  private final @Nullable RequestPayer payer;
  private final S3Errors errors;
  private final S3Reader reader;
  private final S3Access writing;
  private final S3Writer writer;

  /** Where copies come from, where that is another bucket. */
  private final @Nullable S3Store source;

  S3Store(S3Client client, S3Settings settings) {
    this(client, settings, null, Optional.empty());
  }

  private S3Store(
      S3Client client, S3Settings settings, @Nullable S3Store source, Optional<String> versionId) {
    this.source = source;
    this.settings = settings;
    this.client = client;
    this.bucket = settings.bucket();
    this.payer = settings.access().requesterPays() ? RequestPayer.REQUESTER : null;
    this.errors = new S3Errors(bucket);
    this.reader = new S3Reader(client, settings, versionId);
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
    return open(settings, Optional.empty());
  }

  /**
   * Of a bucket that keeps old versions of its objects.
   *
   * @param versionId of the object that is read; its other versions are not seen
   */
  public static S3Store openVersion(S3Settings settings, String versionId) throws StoreException {
    return open(settings, Optional.of(versionId));
  }

  private static S3Store open(S3Settings settings, Optional<String> versionId)
      throws StoreException {
    try {
      return new S3Store(S3Clients.make(settings), settings, null, versionId);
    } catch (SdkException e) {
      throw new S3Errors(settings.bucket()).translate("opening", "", e);
    } catch (IllegalArgumentException e) {
      throw new StoreException.Invalid(
          "s3://" + settings.bucket() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * The same, but that what {@link #copy} copies are versions of objects of another bucket, which
   * is at the same server and for the same credentials.
   *
   * @throws StoreException.Invalid where the profile does not exist
   */
  public static S3Store openToCopyFrom(String bucket, S3Settings settings) throws StoreException {
    S3Store source = open(settings.withBucket(bucket));
    try {
      return new S3Store(S3Clients.make(settings), settings, source, Optional.empty());
    } catch (RuntimeException e) {
      source.close();
      throw new S3Errors(settings.bucket()).translate("opening", "", e);
    }
  }

  String bucket() {
    return bucket;
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return meta(key, reader.head(key, false));
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    HeadObjectResponse answer = reader.head(key, true);
    return S3Details.of(meta(key, answer), answer);
  }

  @Override
  public List<Long> partSizes(ObjectVersion version) throws StoreException {
    return new S3PartSizes(version, number -> reader.headPart(version, number)).all();
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
      if (prefix.prefix() == null)
        throw reader.malformed("LIST", request.prefix(), "a nameless prefix");
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
    if (answer.isTruncated() == null) throw reader.malformed("LIST", prefix, "no IsTruncated");
    if (!answer.isTruncated()) return Optional.empty();
    if (answer.nextContinuationToken() == null)
      throw reader.malformed("LIST", prefix, "truncated, but no NextContinuationToken");
    return Optional.of(answer.nextContinuationToken());
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    return reader.open(version, range);
  }

  @Override
  public ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    return writer.put(key, body, options);
  }

  @Override
  public ObjectVersion copy(ObjectVersion version, String to, PutOptions options)
      throws StoreException {
    S3Store from = source == null ? this : source;
    return new S3Copies(writing, this, from, S3Writer.MOST_BYTES).copy(version, to, options);
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
    if (source != null) source.close();
  }

  private ObjectMeta meta(
      String operation,
      @Nullable String key,
      @Nullable String tag,
      @Nullable Long size,
      @Nullable Instant lastModified)
      throws StoreException {
    if (key == null) throw reader.malformed(operation, "", "an object without a key");
    if (lastModified == null) throw reader.malformed(operation, key, "no Last-Modified");
    if (tag == null || unquoted(tag).isEmpty()) throw reader.malformed(operation, key, "no ETag");
    if (size == null || size < 0) throw reader.malformed(operation, key, "no size");
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
}
