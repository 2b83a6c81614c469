package io.sluice.bench;

import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was uploaded, without its bytes: uploads that wait for their parts, and the objects that
 * came of others. Safe for many threads.
 */
final class Uploads {
  private static final java.util.regex.Pattern MD5 =
      java.util.regex.Pattern.compile("[0-9a-f]{32}");

  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final Map<S3Requests.Place, ObjectMeta> objects = new ConcurrentHashMap<>();
  private final AtomicInteger serial = new AtomicInteger();

  /** A part that came: where it stands, as far as its bytes tell. */
  record Arrived(Part part, OptionalLong start) {}

  /** An upload that is neither completed nor aborted. */
  record Pending(
      String id, S3Requests.Place place, Instant begun, SortedMap<Integer, Arrived> parts) {
    void add(Arrived part) {
      parts.put(part.part().number(), part);
    }
  }

  Pending begin(S3Requests.Place place) {
    String id = "upload-" + serial.incrementAndGet();
    Pending upload = new Pending(id, place, now(), new ConcurrentSkipListMap<>());
    pending.put(id, upload);
    return upload;
  }

  /** Empty where there is none of that id for that key. */
  Optional<Pending> find(String id, S3Requests.Place place) {
    return Optional.ofNullable(pending.get(id)).filter(upload -> upload.place().equals(place));
  }

  /** Those of a bucket. */
  List<Pending> pending(String bucket) {
    return pending.values().stream()
        .filter(upload -> upload.place().bucket().equals(bucket))
        .toList();
  }

  void abort(Pending upload) {
    pending.remove(upload.id());
  }

  /**
   * Makes the object of these parts, in this order.
   *
   * @throws IllegalArgumentException where a part is not there, or its bytes belong elsewhere
   */
  ObjectMeta complete(Pending upload, List<Named> named) {
    long size = 0;
    int number = 0;
    MessageDigest tags = md5();
    boolean isSummed = true;
    for (Named each : named) {
      Arrived part = upload.parts().get(each.number());
      if (each.number() <= number || part == null || !part.part().tag().equals(each.tag()))
        throw new IllegalArgumentException("no such part: " + each);
      if (part.start().isPresent() && part.start().getAsLong() != size)
        throw new IllegalArgumentException(
            "part %d begins at %d, its bytes belong at %d"
                .formatted(each.number(), size, part.start().getAsLong()));
      if (MD5.matcher(each.tag()).matches()) tags.update(HexFormat.of().parseHex(each.tag()));
      else isSummed = false;
      size += part.part().size();
      number = each.number();
    }
    if (number == 0) throw new IllegalArgumentException("an upload of no parts");
    String tag = isSummed ? HexFormat.of().formatHex(tags.digest()) : upload.id();
    ObjectMeta object = add(upload.place(), tag + "-" + named.size(), size);
    pending.remove(upload.id());
    return object;
  }

  /** A part as the request names it that completes an upload. */
  record Named(int number, String tag) {}

  ObjectMeta add(S3Requests.Place place, String tag, long size) {
    var object = new ObjectMeta(new ObjectVersion(place.key(), tag, size), now());
    objects.put(place, object);
    return object;
  }

  /** What was uploaded there last. */
  Optional<ObjectMeta> object(S3Requests.Place place) {
    return Optional.ofNullable(objects.get(place));
  }

  private static Instant now() {
    // As headers have it.
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
