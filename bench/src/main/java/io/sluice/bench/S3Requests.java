package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import java.io.IOException;
import java.util.Optional;

/**
 * The reading half of S3, path style: which answer a request gets. Signatures are not checked:
 * their cost is the client's, and it is paid.
 */
final class S3Requests {
  private final FileBuckets buckets;
  private final Counters counters;

  S3Requests(FileBuckets buckets, Counters counters) {
    this.buckets = buckets;
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
  static boolean isOfABucket(Request request) {
    return Place.of(request.path()).key().isEmpty();
  }

  Answer answer(Request request) throws IOException {
    Place place = Place.of(request.path());
    boolean get = request.method().equals("GET");
    boolean head = request.method().equals("HEAD");
    if (head) counters.head();
    if (get && isOfABucket(request)) counters.list();
    if (!get && !head)
      return Answer.xml(405, Xml.error("MethodNotAllowed", "this server is read-only"));
    if (!buckets.hasBucket(place.bucket()))
      return Answer.xml(404, Xml.error("NoSuchBucket", "no bucket " + place.bucket()));
    if (place.key().isEmpty()) return head ? Answer.xml(200, "") : bucket(place.bucket(), request);
    return object(place, request);
  }

  private Answer bucket(String bucket, Request request) throws IOException {
    if (request.parameter("location").isPresent()) return Answer.xml(200, Xml.location());
    if (!request.parameter("list-type").equals(Optional.of("2")))
      return Answer.xml(405, Xml.error("MethodNotAllowed", "only ListObjectsV2 of a bucket"));
    try {
      int maxKeys = request.parameter("max-keys").map(Integer::parseInt).orElse(1000);
      var list =
          new ListRequest(
              request.parameter("prefix").orElse(""),
              request.parameter("delimiter").filter(delimiter -> !delimiter.isEmpty()),
              request
                  .parameter("continuation-token")
                  .map(Xml::after)
                  .or(() -> request.parameter("start-after")),
              Math.min(maxKeys, ListRequest.MAX_KEYS));
      boolean encoded = request.parameter("encoding-type").equals(Optional.of("url"));
      return Answer.xml(200, Xml.page(bucket, list, buckets.list(bucket, list), encoded));
    } catch (IllegalArgumentException e) {
      return Answer.xml(400, Xml.error("InvalidArgument", String.valueOf(e.getMessage())));
    }
  }

  private Answer object(Place place, Request request) throws IOException {
    Optional<ObjectMeta> found = buckets.find(place.bucket(), place.key());
    if (found.isEmpty()) return Answer.xml(404, Xml.error("NoSuchKey", "no object " + place.key()));
    ObjectMeta object = found.get();
    if (!matches(request.header("if-match"), object))
      return Answer.xml(412, Xml.error("PreconditionFailed", "the object is another version"));
    if (request.method().equals("HEAD")) return Answer.head(object);
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

  private static boolean matches(Optional<String> condition, ObjectMeta object) {
    return condition
        .map(tag -> tag.equals("*") || tag.replace("\"", "").equals(object.version().tag()))
        .orElse(true);
  }
}
