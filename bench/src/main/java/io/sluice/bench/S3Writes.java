package io.sluice.bench;

import io.sluice.bench.Receiving.Received;
import io.sluice.bench.S3Requests.Place;
import io.sluice.store.ObjectMeta;
import io.sluice.store.Part;
import io.sluice.store.StoredCrc32c;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/**
 * The writing half of S3, path style: objects in one request and in parts. Every byte is compared
 * with what the object's name says that it has to be, and none is kept.
 *
 * <p>The tag of what is uploaded is the MD5 that the client sent ahead, as S3's would be: the bytes
 * are compared themselves, so it is not computed again. Without one a tag is no MD5.
 */
final class S3Writes {
  private static final java.util.regex.Pattern PART =
      java.util.regex.Pattern.compile("<Part>(.*?)</Part>", java.util.regex.Pattern.DOTALL);
  private static final java.util.regex.Pattern NUMBER =
      java.util.regex.Pattern.compile("<PartNumber>\\s*(\\d{1,5})\\s*</PartNumber>");
  private static final java.util.regex.Pattern TAG =
      java.util.regex.Pattern.compile(
          "<ETag>(?:&quot;|&#34;|\")?([^<&\"]*)(?:&quot;|&#34;|\")?</ETag>");

  private final FileBuckets buckets;
  private final Uploads uploads;
  private final Counters counters;

  S3Writes(FileBuckets buckets, Uploads uploads, Counters counters) {
    this.buckets = buckets;
    this.uploads = uploads;
    this.counters = counters;
  }

  /** The answer, once as much of the body was read as it takes; the caller reads the rest. */
  Answer answer(Request request, Receiving body) throws IOException {
    Place place = Place.of(request.path());
    boolean put = request.method().equals("PUT");
    if (!put) counters.write();
    if (!buckets.hasBucket(place.bucket()))
      return Answer.xml(404, Xml.error("NoSuchBucket", "no bucket " + place.bucket()));
    Optional<Expected> expected = Expected.of(place.key());
    if (expected.isEmpty())
      return refused(
          "name it content-SEED or zeros: the name says which bytes come, and "
              + place.key()
              + " says nothing");
    if (put && request.bodyLength().isEmpty())
      return Answer.xml(411, Xml.error("MissingContentLength", "say how many bytes come"));
    Optional<String> id = request.parameter("uploadId");
    boolean begins = request.method().equals("POST") && request.parameter("uploads").isPresent();
    if (begins) return Answer.xml(200, Xml.begun(uploads.begin(place)));
    if (id.isEmpty())
      return put
          ? object(request, place, expected.get(), body)
          : Answer.xml(
              405, Xml.error("MethodNotAllowed", "objects stay, and their bytes are gone"));
    Optional<Uploads.Pending> upload = uploads.find(id.get(), place);
    if (upload.isEmpty())
      return Answer.xml(404, Xml.error("NoSuchUpload", "no upload " + id.get()));
    return switch (request.method()) {
      case "PUT" -> part(request, upload.get(), expected.get(), body);
      case "POST" -> complete(upload.get(), body.text());
      default -> {
        uploads.abort(upload.get());
        yield Answer.empty(204);
      }
    };
  }

  private Answer object(Request request, Place place, Expected expected, Receiving body)
      throws IOException {
    Received came = body.receive(expected, OptionalLong.of(0));
    Optional<Answer> wrong = wrong(request, came);
    if (wrong.isPresent()) return wrong.get();
    ObjectMeta object = uploads.add(place, tag(request, "object"), came.bytes());
    return taken(request, object.version().tag());
  }

  private Answer part(Request request, Uploads.Pending upload, Expected expected, Receiving body)
      throws IOException {
    int number =
        request
            .parameter("partNumber")
            .filter(n -> n.matches("\\d{1,5}"))
            .map(Integer::parseInt)
            .orElse(0);
    if (number < 1 || number > Part.MOST) return refused("part numbers are 1 to " + Part.MOST);
    Received came = body.receive(expected, OptionalLong.empty());
    Optional<Answer> wrong = wrong(request, came);
    if (wrong.isPresent()) return wrong.get();
    String tag = tag(request, "part-" + number);
    var part = new Part(number, tag, came.bytes(), Optional.of(came.crc32c()));
    upload.add(new Uploads.Arrived(part, came.place()));
    return taken(request, tag);
  }

  private Answer complete(Uploads.Pending upload, String xml) {
    try {
      ObjectMeta object = uploads.complete(upload, named(xml));
      return Answer.xml(200, Xml.completed(upload.place(), object.version().tag()));
    } catch (IllegalArgumentException e) {
      return Answer.xml(400, Xml.error("InvalidPart", String.valueOf(e.getMessage())));
    }
  }

  private static List<Uploads.Named> named(String xml) {
    List<Uploads.Named> parts = new ArrayList<>();
    Matcher part = PART.matcher(xml);
    while (part.find()) {
      Matcher number = NUMBER.matcher(part.group(1));
      Matcher tag = TAG.matcher(part.group(1));
      if (!number.find() || !tag.find())
        throw new IllegalArgumentException("not a part: " + part.group(1));
      parts.add(new Uploads.Named(Integer.parseInt(number.group(1)), tag.group(1)));
    }
    return parts;
  }

  private static Optional<Answer> wrong(Request request, Received came) {
    if (came.firstWrong().isPresent())
      return Optional.of(
          Answer.xml(
              400, Xml.error("BadDigest", "WRONG BYTES at " + came.firstWrong().getAsLong())));
    return request
        .header("x-amz-checksum-crc32c")
        .filter(crc -> !crc.equals(StoredCrc32c.encoded(came.crc32c())))
        .map(
            crc ->
                Answer.xml(400, Xml.error("BadDigest", "these bytes are not of CRC-32C " + crc)));
  }

  /** Of what the client sent ahead: an MD5, as S3's tags are, or as many digits of a SHA-256. */
  private static String tag(Request request, String otherwise) {
    return request
        .header("content-md5")
        .map(md5 -> HexFormat.of().formatHex(Base64.getDecoder().decode(md5)))
        .or(() -> request.header("x-amz-content-sha256").filter(sum -> sum.length() == 64))
        .map(sum -> sum.substring(0, 32))
        .orElse(otherwise);
  }

  private static Answer taken(Request request, String tag) {
    Answer answer = Answer.empty(200).with("ETag", '"' + tag + '"');
    return request
        .header("x-amz-checksum-crc32c")
        .map(crc -> answer.with("x-amz-checksum-crc32c", crc))
        .orElse(answer);
  }

  private static Answer refused(String why) {
    return Answer.xml(400, Xml.error("InvalidArgument", why));
  }
}
