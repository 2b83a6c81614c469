package io.sluice.upload;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object; one that is missing, or of another kind, is named. */
final class Fields {
  private final JsonObject json;

  Fields(JsonObject json) {
    this.json = json;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  private @Nullable JsonElement get(String name) {
    JsonElement element = json.get(name);
    return element == null || element.isJsonNull() ? null : element;
  }

  private JsonElement require(String name) {
    JsonElement element = get(name);
    if (element == null) throw new IllegalArgumentException("is no state of an upload: no " + name);
    return element;
  }

  String text(String name) {
    JsonElement element = require(name);
    if (!element.isJsonPrimitive()) throw wrong(name);
    return element.getAsString();
  }

  Optional<String> optional(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      throw wrong(name);
    }
  }

  Iterable<JsonElement> list(String name) {
    JsonElement element = require(name);
    if (!element.isJsonArray()) throw wrong(name);
    return element.getAsJsonArray();
  }

  Fields object(String name) {
    return of(require(name), name);
  }

  static Fields of(JsonElement element, String name) {
    if (!element.isJsonObject()) throw wrong(name);
    return new Fields(element.getAsJsonObject());
  }

  /** All fields, in their order. */
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    json.keySet().forEach(name -> texts.put(name, text(name)));
    return texts;
  }

  private static IllegalArgumentException wrong(String name) {
    return new IllegalArgumentException("is damaged: its " + name + " is none");
  }
}
