package io.sluice.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.sluice.store.Part;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.UploadId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A state as text: JSON, one object a line. The first line says what is uploaded, the second as
 * what the store knows it, and each of those that follow tells of one part; the last one about a
 * part counts. Each ends with a checksum of what is before it, so that a line that was torn by a
 * crash, or comes from a bad disk, counts for nothing: then its part is sent again. Pure.
 *
 * <pre>
 * {"sluice_upload":1,"s3_bucket":"models","s3_key":"a/k",...,"check":"5c3f9a10"}
 * {"upload_id":"2~X","check":"0d1b8e44"}
 * {"part_number":1,"e_tag":"d41d8c...","size":16777216,"sum":"yZRlqg==","check":"71a2b3c4"}
 * </pre>
 */
final class StateText {
  private static final Pattern LINE = Pattern.compile("(\\{.*),\"check\":\"([0-9a-f]{8})\"}");

  /**
   * What a text says.
   *
   * @param damaged how many lines count for nothing
   * @param isOfOriginal whether Persevere wrote it
   */
  record Read(UploadState state, int damaged, boolean isOfOriginal) {}

  private StateText() {}

  /** All of a state, each line with its end. */
  static String of(UploadState state) {
    var text = new StringBuilder(line(HeadJson.of(state.head())));
    state.upload().ifPresent(upload -> text.append(begun(upload)));
    state.parts().values().forEach(part -> text.append(sent(part)));
    return text.toString();
  }

  static String begun(UploadId upload) {
    var json = new JsonObject();
    json.addProperty("upload_id", upload.id());
    if (!upload.isSummed()) json.addProperty("unsummed", "true");
    return line(json);
  }

  static String sent(SentPart sent) {
    var json = new JsonObject();
    json.addProperty("part_number", sent.number());
    json.addProperty("e_tag", sent.part().tag());
    json.addProperty("size", sent.size());
    sent.part()
        .crc32c()
        .ifPresent(crc -> json.addProperty("checksum_crc32_c", StoredCrc32c.encoded(crc)));
    sent.sum().ifPresent(sum -> json.addProperty("sum", StoredCrc32c.encoded(sum)));
    return line(json);
  }

  private static String line(JsonObject json) {
    String text = json.toString();
    return checked(text.substring(0, text.length() - 1));
  }

  /** A line of this text, which lacks its last brace. */
  static String checked(String checked) {
    return "%s,\"check\":\"%s\"}\n".formatted(checked, check(checked));
  }

  private static String check(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  /**
   * Reads a state, ours or the original's.
   *
   * @throws IllegalArgumentException where it is none, with the reason
   */
  static Read parse(String text) {
    if (text.isBlank()) throw new IllegalArgumentException("is empty: its upload never began");
    List<String> lines = text.lines().toList();
    Optional<JsonObject> first = whole(lines.getFirst());
    if (first.isEmpty()) return ofOriginal(text);
    Fields head = new Fields(first.get());
    long version = head.number("sluice_upload");
    if (version != HeadJson.VERSION)
      throw new IllegalArgumentException(
          "is of version %d, and this program knows %d: go on with the program that wrote it"
              .formatted(version, HeadJson.VERSION));
    return ofOurs(HeadJson.read(head), lines.subList(1, lines.size()));
  }

  private static Read ofOurs(UploadHead head, List<String> lines) {
    Optional<UploadId> upload = Optional.empty();
    SortedMap<Integer, SentPart> parts = new TreeMap<>();
    int damaged = 0;
    for (String line : lines) {
      Optional<JsonObject> json = whole(line);
      if (json.isEmpty()) {
        damaged++;
        continue;
      }
      Fields fields = new Fields(json.get());
      if (fields.has("upload_id")) {
        boolean isSummed = !fields.has("unsummed");
        upload = Optional.of(new UploadId(head.to().key(), fields.text("upload_id"), isSummed));
      } else {
        SentPart part = part(fields, fields.number("size"));
        parts.put(part.number(), part);
      }
    }
    // Parts of an upload without a name are of no use, and may be another's.
    if (upload.isEmpty() && !parts.isEmpty())
      throw new IllegalArgumentException("is damaged: the name of its upload is lost");
    return new Read(new UploadState(head, upload, parts), damaged, false);
  }

  static SentPart part(Fields fields, long size) {
    Optional<Integer> crc = StoredCrc32c.decoded(fields.optional("checksum_crc32_c").orElse(null));
    String tag = fields.text("e_tag").replace("\"", ""); // the original keeps the quotes of HTTP
    var part = new Part(Math.toIntExact(fields.number("part_number")), tag, size, crc);
    return new SentPart(
        part, StoredCrc32c.decoded(fields.optional("sum").orElse(null)).or(() -> crc));
  }

  private static Read ofOriginal(String text) {
    JsonObject json;
    try {
      json = JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException("is damaged, or no state of an upload", e);
    }
    Fields fields = new Fields(json);
    if (fields.has("sluice_upload"))
      throw new IllegalArgumentException("is damaged in its first line");
    return new Read(HeadJson.readOriginal(fields), 0, true);
  }

  /** A line as it was written; absent where it is not. */
  private static Optional<JsonObject> whole(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !check(matcher.group(1)).equals(matcher.group(2)))
      return Optional.empty();
    return Optional.of(JsonParser.parseString(line).getAsJsonObject());
  }
}
