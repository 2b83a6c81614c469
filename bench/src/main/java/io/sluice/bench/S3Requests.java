package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.StoredCrc32c;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The reading half of S3, path style: which answer a request gets. Signatures are not checked:
 * their cost is the client's, and it is paid. Of what was uploaded there is all but the bytes.
 */
final class S3Requests {
  private static final int PARTS_OF_A_PAGE = 100;

  private final FileBuckets buckets;
  private final Uploads uploads;
  private final Counters counters;
  private final Map<ObjectVersion, String> checksums = new ConcurrentHashMap<>();

  S3Requests(FileBuckets buckets, Uploads uploads, Counters counters) {
    this.buckets = buckets;
    this.uploads = uploads;
    this.counters = counters;
  }

  /** Which object a path names: {@code /bucket/key}. */
  record Place(String bucket, String key) {
    static Place of(String path) {
      int slash = path.indexOf('/', 1);
      return slash < 0
          ? new Place(path.substring(1), "")
          : new Place(path.substring(1, slash), path.substring(slash + 1));
    }
  }

  /** Whether it is about a bucket, not an object of it. */
  private static boolean isOfABucket(Request request) {
    return Place.of(request.path()).key().isEmpty();
  }

  /** Whether it asks for bytes of an object. */
  static boolean isForBytes(Request request) {
    return request.method().equals("GET")
        && !isOfABucket(request)
        && request.parameter("uploadId").isEmpty();
  }

  Answer answer(Request request) throws IOException {
    Place place = Place.of(request.path());
    boolean get = request.method().equals("GET");
    boolean head = request.method().equals("HEAD");
    if (head) counters.head();
    if (get && isOfABucket(request)) counters.list();
    if (!get && !head)
      return Answer.xml(405, Xml.error("MethodNotAllowed", "not " + request.method()));
    if (!buckets.hasBucket(place.bucket()))
      return Answer.xml(404, Xml.error("NoSuchBucket", "no bucket " + place.bucket()));
    if (place.key().isEmpty()) return head ? Answer.xml(200, "") : bucket(place.bucket(), request);
    return object(place, request);
  }

  private Answer bucket(String bucket, Request request) throws IOException {
    if (request.parameter("location").isPresent()) return Answer.xml(200, Xml.location());
    if (request.parameter("uploads").isPresent())
      return Answer.xml(200, Xml.uploads(bucket, uploads.pending(bucket)));
    try {
      int maxKeys = request.parameter("max-keys").map(Integer::parseInt).orElse(1000);
      var list =
          new ListRequest(
              request.parameter("prefix").orElse(""),
              request.parameter("delimiter").filter(delimiter -> !delimiter.isEmpty()),
              request
                  .parameter("continuation-token")
                  .map(Xml::after)
                  .or(() -> request.parameter("start-after"))
                  // Of the first form of ListObjects, which s3fs and others speak.
                  .or(() -> request.parameter("marker").filter(marker -> !marker.isEmpty())),
              Math.min(maxKeys, ListRequest.MAX_KEYS));
      boolean encoded = request.parameter("encoding-type").equals(Optional.of("url"));
      return Answer.xml(200, Xml.page(bucket, list, buckets.list(bucket, list), encoded));
    } catch (IllegalArgumentException e) {
      return Answer.xml(400, Xml.error("InvalidArgument", String.valueOf(e.getMessage())));
    }
  }

  private Answer object(Place place, Request request) throws IOException {
    Optional<String> upload = request.parameter("uploadId");
    if (upload.isPresent()) return parts(place, upload.get(), request);
    Optional<ObjectMeta> uploaded = uploads.object(place);
    Optional<ObjectMeta> found =
        uploaded.isPresent() ? uploaded : buckets.find(place.bucket(), place.key());
    if (found.isEmpty()) return Answer.xml(404, Xml.error("NoSuchKey", "no object " + place.key()));
    ObjectMeta object = found.get();
    if (!matches(request.header("if-match"), object))
      return Answer.xml(412, Xml.error("PreconditionFailed", "the object is another version"));
    if (request.method().equals("HEAD")) return head(place, request, object);
    if (uploaded.isPresent())
      return Answer.xml(405, Xml.error("MethodNotAllowed", "what was uploaded is thrown away"));
    Optional<String> header = request.header("range");
    if (header.isEmpty()) return Answer.whole(object);
    Optional<ByteRange> range = RequestedRange.of(header.get(), object.size());
    return range
        .map(bytes -> Answer.part(object, bytes))
        .orElseGet(
            () ->
                Answer.xml(416, Xml.error("InvalidRange", header.get() + " of " + object.size()))
                    .with("Content-Range", "bytes */" + object.size()));
  }

  private Answer parts(Place place, String id, Request request) {
    int after =
        request
            .parameter("part-number-marker")
            .filter(marker -> marker.matches("\\d{1,5}"))
            .map(Integer::parseInt)
            .orElse(0);
    return uploads
        .find(id, place)
        .map(upload -> Answer.xml(200, Xml.parts(upload, after, PARTS_OF_A_PAGE)))
        .orElseGet(() -> Answer.xml(404, Xml.error("NoSuchUpload", "no upload " + id)));
  }

  /** With the checksum of a file's bytes where it is asked for: downloads compare it. */
  private Answer head(Place place, Request request, ObjectMeta object) throws IOException {
    Answer answer = Answer.head(object);
    boolean isFile =
        uploads.object(place).isEmpty() && Content.computed(object.version()).isEmpty();
    if (!isFile || !request.header("x-amz-checksum-mode").equals(Optional.of("ENABLED")))
      return answer;
    String checksum = checksums.get(object.version());
    if (checksum == null) {
      checksum = crc32c(buckets.file(place.bucket(), place.key()));
      checksums.put(object.version(), checksum);
    }
    return answer
        .with("x-amz-checksum-crc32c", checksum)
        .with("x-amz-checksum-type", "FULL_OBJECT");
  }

  private static String crc32c(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return StoredCrc32c.encoded(
          StoredCrc32c.of(Payload.of(channel, new ByteRange(0, channel.size()))));
    }
  }

  private static boolean matches(Optional<String> condition, ObjectMeta object) {
    return condition
        .map(tag -> tag.equals("*") || tag.replace("\"", "").equals(object.version().tag()))
        .orElse(true);
  }
}
