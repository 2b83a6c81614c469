package io.sluice.cache.profile;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines of a profile: one JSON object each, so that a key may contain anything, and grep and jq
 * read it.
 *
 * <pre>{@code
 * {"sluice-profile":1,"store":"s3://models","recorded":"2026-01-31T12:00:00Z"}
 * {"ms":12,"key":"llama/model.safetensors","tag":"0f343b","size":4096000,"start":0,"end":131072}
 * }</pre>
 */
final class ProfileFormat {
  static final int FORMAT = 1;

  /** Objects of which entries were read: each stands in many of them. */
  private final Map<ObjectVersion, ObjectVersion> versions = new HashMap<>();

  /** The first line. */
  record Header(int format, String store, Instant recorded) {}

  /** What to do with a member of an object; its value is next. */
  private interface Member {
    void read(String name, JsonReader json) throws IOException;
  }

  static String line(Header header) {
    return line(
        json -> {
          json.name("sluice-profile").value(header.format());
          json.name("store").value(header.store());
          json.name("recorded").value(header.recorded().toString());
        });
  }

  static String line(ProfileEntry entry) {
    return line(
        json -> {
          json.name("ms").value(entry.millis());
          json.name("key").value(entry.version().key());
          json.name("tag").value(entry.version().tag());
          json.name("size").value(entry.version().size());
          json.name("start").value(entry.range().start());
          json.name("end").value(entry.range().end());
        });
  }

  private interface Members {
    void write(JsonWriter json) throws IOException;
  }

  private static String line(Members members) {
    var line = new StringWriter();
    try (var json = new JsonWriter(line)) {
      json.beginObject();
      members.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return line + "\n";
  }

  /** Reads the first line; {@link IllegalArgumentException} where it is none. */
  static Header header(String line) {
    var format = new int[1];
    var texts = new HashMap<String, String>();
    members(
        line,
        (name, json) -> {
          switch (name) {
            case "sluice-profile" -> format[0] = json.nextInt();
            case "store", "recorded" -> texts.put(name, json.nextString());
            default -> json.skipValue();
          }
        });
    if (format[0] < 1) throw new IllegalArgumentException("no format");
    if (format[0] > FORMAT) return new Header(format[0], "", Instant.EPOCH);
    try {
      return new Header(format[0], text(texts, "store"), Instant.parse(text(texts, "recorded")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no date", e);
    }
  }

  /** Reads an entry; {@link IllegalArgumentException} where it is none. */
  ProfileEntry entry(String line) {
    var texts = new HashMap<String, String>();
    var numbers = new HashMap<String, Long>();
    members(
        line,
        (name, json) -> {
          switch (name) {
            case "key", "tag" -> texts.put(name, json.nextString());
            case "ms", "size", "start", "end" -> numbers.put(name, json.nextLong());
            default -> json.skipValue();
          }
        });
    var version =
        new ObjectVersion(text(texts, "key"), text(texts, "tag"), number(numbers, "size"));
    var range = new ByteRange(number(numbers, "start"), number(numbers, "end"));
    ObjectVersion known = versions.putIfAbsent(version, version);
    return new ProfileEntry(number(numbers, "ms"), known == null ? version : known, range);
  }

  private static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null || text.isEmpty()) throw new IllegalArgumentException("no " + name);
    return text;
  }

  private static long number(Map<String, Long> numbers, String name) {
    Long number = numbers.get(name);
    if (number == null) throw new IllegalArgumentException("no " + name);
    return number;
  }

  private static void members(String line, Member member) {
    try (var json = new JsonReader(new StringReader(line))) {
      json.setStrictness(Strictness.STRICT);
      json.beginObject();
      while (json.hasNext()) member.read(json.nextName(), json);
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) throw new IllegalArgumentException("more text");
    } catch (IOException | IllegalStateException e) {
      throw new IllegalArgumentException("not such an object", e);
    }
  }
}
