package io.sluice.cache.layout;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;

/**
 * The index beside a model in several files ({@code model.safetensors.index.json}, {@code
 * pytorch_model.bin.index.json}): which files it is made of.
 *
 * @param files their names, as they stand beside the index, in the order in which the index first
 *     names them; never empty
 * @param totalSize of all tensors, in bytes, where the index says it
 */
public record ShardIndex(List<String> files, OptionalLong totalSize) {
  /** Longer ones are not read, in bytes; those of the largest models have 20 MB. */
  public static final int MOST_BYTES = LayoutSearch.MOST_BYTES;

  private static final int MOST_FILES = 10_000;

  public ShardIndex {
    files = List.copyOf(files);
    if (files.isEmpty()) throw new IllegalArgumentException("an index of no files");
  }

  /** Whether an object is such an index, by the name that all libraries give it. */
  public static boolean isOne(String key) {
    return key.endsWith(".safetensors.index.json") || key.endsWith(".bin.index.json");
  }

  /**
   * Reads an index; empty where it is not one, or names files that are not beside it.
   *
   * @param document all of it, from the buffer's position to its limit; is not changed
   */
  public static Optional<ShardIndex> parse(ByteBuffer document) {
    if (document.remaining() > MOST_BYTES) return Optional.empty();
    try {
      return Optional.of(Json.parse(document, ShardIndex::read));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private static ShardIndex read(JsonReader json) throws IOException, MalformedException {
    SequencedSet<String> files = new LinkedHashSet<>();
    OptionalLong total = OptionalLong.empty();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "weight_map" -> readFiles(json, files);
        case "metadata" -> total = readTotal(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (files.isEmpty()) throw new MalformedException();
    return new ShardIndex(List.copyOf(files), total);
  }

  private static void readFiles(JsonReader json, SequencedSet<String> files)
      throws IOException, MalformedException {
    json.beginObject();
    while (json.hasNext()) {
      String _ = json.nextName();
      String file = json.nextString();
      if (file.isEmpty() || file.contains("/") || files.size() == MOST_FILES)
        throw new MalformedException();
      files.add(file);
    }
    json.endObject();
  }

  private static OptionalLong readTotal(JsonReader json) throws IOException {
    OptionalLong total = OptionalLong.empty();
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      json.skipValue();
      return total;
    }
    json.beginObject();
    while (json.hasNext()) {
      boolean isTotal = json.nextName().equals("total_size");
      if (isTotal && json.peek() == JsonToken.NUMBER)
        total = OptionalLong.of((long) json.nextDouble());
      else json.skipValue();
    }
    json.endObject();
    return total;
  }
}
