package io.sluice.bench;

import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The objects of a soak. Their files are holes with a time; each time is another version, and each
 * version has bytes of its own, so that a reader can tell which of them it was given.
 *
 * @param root of the server
 */
record SoakFiles(Path root) {
  /** Several times the data directory, together. */
  static final int COUNT = 8;

  static final long SIZE = 96L << 20;

  // Any whole second will do: versions are the seconds after it.
  private static final long FIRST_SECOND = 1_700_000_000;

  void create() throws IOException {
    Files.createDirectories(root.resolve(Bucket.NAME));
    for (String key : keys()) {
      Bucket.hole(file(key), SIZE);
      Files.setLastModifiedTime(file(key), time(0));
    }
  }

  static List<String> keys() {
    // Half of them with names of models, which are read ahead as a whole.
    return IntStream.range(0, COUNT)
        .mapToObj(i -> "computed-" + i + (i % 2 == 0 ? ".safetensors" : ".blob"))
        .toList();
  }

  /** Puts the next version of an object where the last one was; the change is atomic. */
  void replace(String key) throws IOException {
    Files.setLastModifiedTime(file(key), time(generation(key) + 1));
  }

  /** How often an object was replaced. */
  int generation(String key) throws IOException {
    return (int) (Files.getLastModifiedTime(file(key)).toInstant().getEpochSecond() - FIRST_SECOND);
  }

  /**
   * Which version of an object holds these bytes at this offset; the newest if there are several.
   *
   * @return empty where none does that there has been until now
   */
  Optional<Content> holding(String key, ByteBuffer bytes, long offset) throws IOException {
    for (int generation = generation(key); generation >= 0; generation--) {
      Content content = content(key, generation);
      if (content.firstWrong(bytes, offset).isEmpty()) return Optional.of(content);
    }
    return Optional.empty();
  }

  static Content content(String key, int generation) {
    ObjectVersion version = FileBuckets.version(key, SIZE, time(generation).toInstant());
    return Content.computed(version).orElseThrow();
  }

  private static FileTime time(int generation) {
    return FileTime.from(Instant.ofEpochSecond(FIRST_SECOND + generation));
  }

  private Path file(String key) {
    return root.resolve(Bucket.NAME).resolve(key);
  }
}
