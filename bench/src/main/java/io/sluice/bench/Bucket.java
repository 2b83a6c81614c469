package io.sluice.bench;

import io.sluice.bench.Scenario.Subject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The files that are served and read, below a directory that the server takes for its root.
 *
 * @param size of the large file, and of the shards together
 * @param objects how many small ones there are
 */
record Bucket(Path root, long size, int objects) {
  static final String NAME = "models";

  /** Where the small objects are, so that no listing of the others has to pass them. */
  static final String SMALL_NAME = "small";

  /** All small objects begin with it. */
  static final String SMALL_PREFIX = "set/";

  private static final long SMALL_SIZE = 64 << 10;
  private static final long COMPUTED_SIZE = 10L << 30;

  // At the top: every directory above a file is a lookup more before its first byte.
  private static final String MODEL = "model-00001-of-00001.safetensors";
  private static final String BLOB = "data.blob";
  private static final String COMPUTED = "computed-10g.blob";
  private static final int SHARDS = 4;

  /** Writes the files that {@code subjects} need, and leaves them in the page cache. */
  void create(Set<Subject> subjects) throws IOException {
    Path model = root.resolve(NAME).resolve(MODEL);
    Files.createDirectories(model.getParent());
    new Content(0).write(model, size);
    // A link: the server has the bytes in memory once.
    Files.createLink(root.resolve(NAME).resolve(BLOB), model);
    if (subjects.contains(Subject.COMPUTED)) hole(file(COMPUTED), COMPUTED_SIZE);
    if (subjects.contains(Subject.SMALL)) {
      Files.createDirectories(root.resolve(SMALL_NAME).resolve(SMALL_PREFIX));
      for (String key : keys(Subject.SMALL))
        hole(root.resolve(SMALL_NAME).resolve(key), SMALL_SIZE);
    }
    if (!subjects.contains(Subject.SHARDS)) return;
    Files.createDirectories(root.resolve(NAME).resolve("set"));
    for (int i = 0; i < SHARDS; i++)
      new Content(seeds(Subject.SHARDS).get(i))
          .write(file(keys(Subject.SHARDS).get(i)), size / SHARDS);
  }

  /** A file whose name makes the server compute its bytes, see {@link Content#computed}. */
  static void hole(Path file, long size) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
  }

  List<String> keys(Subject subject) {
    return switch (subject) {
      case MODEL -> List.of(MODEL);
      case BLOB -> List.of(BLOB);
      case SHARDS -> List.of(shard(1), shard(2), shard(3), shard(4));
      case COMPUTED -> List.of(COMPUTED);
      case SMALL ->
          IntStream.range(0, objects)
              .mapToObj(i -> "%scomputed-%05d".formatted(SMALL_PREFIX, i))
              .toList();
    };
  }

  /** Of all the small objects together. */
  long smallBytes() {
    return objects * SMALL_SIZE;
  }

  private static String shard(int number) {
    return "set/model-0000" + number + "-of-0000" + SHARDS + ".safetensors";
  }

  private Path file(String key) {
    return root.resolve(NAME).resolve(key);
  }

  /** What makes up the content of each of the keys. */
  List<Long> seeds(Subject subject) throws IOException {
    return switch (subject) {
      case MODEL, BLOB -> List.of(0L);
      case SHARDS -> List.of(1L << 60, 2L << 60, 3L << 60, 4L << 60);
      case COMPUTED -> computed(NAME, keys(subject));
      case SMALL -> computed(SMALL_NAME, keys(subject));
    };
  }

  private List<Long> computed(String bucket, List<String> keys) throws IOException {
    var buckets = new FileBuckets(root);
    List<Long> seeds = new ArrayList<>();
    for (String key : keys) {
      var version = buckets.find(bucket, key).orElseThrow().version();
      seeds.add(Content.computed(version).orElseThrow().seed());
    }
    return seeds;
  }

  /** Reads what the server will send, so that it comes from memory whatever happened since. */
  void prefault(Subject subject) throws IOException {
    // These are computed, and are nowhere else.
    if (subject == Subject.COMPUTED || subject == Subject.SMALL) return;
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    for (String key : keys(subject)) {
      try (FileChannel file = FileChannel.open(file(key))) {
        for (int read = 0; read >= 0; read = file.read(buffer)) buffer.clear();
      }
    }
  }
}
