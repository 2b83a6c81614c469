package io.sluice.cache.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;

/** JSON, read as a stream: nothing of it is kept but what its reader keeps. */
final class Json {
  private Json() {}

  /** What to make of a document. */
  interface Parser<T> {
    T parse(JsonReader json) throws IOException, MalformedException;
  }

  /**
   * Parses all of a document.
   *
   * @throws MalformedException where it is not JSON or not what {@code parser} reads
   */
  static <T> T parse(ByteBuffer bytes, Parser<T> parser) throws MalformedException {
    try (var json = new JsonReader(new InputStreamReader(new Bytes(bytes), UTF_8))) {
      json.setStrictness(Strictness.STRICT);
      json.setNestingLimit(64);
      T parsed = parser.parse(json);
      if (json.peek() != JsonToken.END_DOCUMENT) throw new MalformedException();
      return parsed;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new MalformedException(); // malformed, another type than expected, no such number
    }
  }

  private static final class Bytes extends InputStream {
    private final ByteBuffer bytes;

    Bytes(ByteBuffer bytes) {
      this.bytes = bytes.slice();
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (!bytes.hasRemaining()) return -1;
      int count = Math.min(length, bytes.remaining());
      bytes.get(into, offset, count);
      return count;
    }
  }
}
