package io.sluice.launcher.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;

/** Values as JSON documents and back; fields are called as the components of their records. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final Gson ON_ONE_LINE = new GsonBuilder().disableHtmlEscaping().create();

  private Json() {}

  public static String of(Object value) {
    return GSON.toJson(value);
  }

  /** Without a line break: for a stream of them. */
  public static String line(Object value) {
    return ON_ONE_LINE.toJson(value);
  }

  /**
   * Reads a document.
   *
   * @throws IOException where it is none of this type
   */
  public static <T> T parse(String document, Class<T> type) throws IOException {
    try {
      T value = GSON.fromJson(document, type);
      if (value == null) throw new IOException("an empty answer");
      return value;
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IOException("not an answer of this version: " + e.getMessage(), e);
    }
  }
}
