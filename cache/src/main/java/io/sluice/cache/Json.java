package io.sluice.cache;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;

/** Records as JSON, one line each; instants as ISO 8601. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Instant.class, new Instants().nullSafe())
          .create();

  private Json() {}

  static String of(Record value) {
    return GSON.toJson(value) + "\n";
  }

  /**
   * Reads what {@link #of} wrote. What is missing in it is null in the record, so its constructor
   * has to look.
   *
   * @throws IOException where it is no such thing
   */
  static <T extends Record> T parse(String text, Class<T> type) throws IOException {
    try {
      T value = GSON.fromJson(text, type);
      if (value == null) throw new IOException("not a " + type.getSimpleName() + ": empty");
      return value;
    } catch (RuntimeException e) { // JsonParseException, or what the record's constructor threw
      throw new IOException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static final class Instants extends TypeAdapter<Instant> {
    @Override
    public void write(JsonWriter out, Instant value) throws IOException {
      out.value(value.toString());
    }

    @Override
    public Instant read(JsonReader in) throws IOException {
      return Instant.parse(in.nextString());
    }
  }
}
