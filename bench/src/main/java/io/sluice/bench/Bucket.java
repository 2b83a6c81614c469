package io.sluice.bench;

import io.sluice.bench.Scenario.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The files that are served and read, below a directory that the server takes for its root.
 *
 * @param size of the large file, and of the shards together
 */
record Bucket(Path root, long size) {
  static final String NAME = "models";

  // At the top: every directory above a file is a lookup more before its first byte.
  private static final String MODEL = "model-00001-of-00001.safetensors";
  private static final String BLOB = "data.blob";
  private static final int SHARDS = 4;

  /** Writes the files that {@code subjects} need, and leaves them in the page cache. */
  void create(Set<Subject> subjects) throws IOException {
    Path model = root.resolve(NAME).resolve(MODEL);
    Files.createDirectories(model.getParent());
    new Content(0).write(model, size);
    // A link: the server has the bytes in memory once.
    Files.createLink(root.resolve(NAME).resolve(BLOB), model);
    if (!subjects.contains(Subject.SHARDS)) return;
    Files.createDirectories(root.resolve(NAME).resolve("set"));
    for (int i = 0; i < SHARDS; i++)
      new Content(seeds(Subject.SHARDS).get(i))
          .write(root.resolve(NAME).resolve(keys(Subject.SHARDS).get(i)), size / SHARDS);
  }

  List<String> keys(Subject subject) {
    return switch (subject) {
      case MODEL -> List.of(MODEL);
      case BLOB -> List.of(BLOB);
      case SHARDS -> List.of(shard(1), shard(2), shard(3), shard(4));
    };
  }

  private static String shard(int number) {
    return "set/model-0000" + number + "-of-0000" + SHARDS + ".safetensors";
  }

  List<Long> seeds(Subject subject) {
    return subject == Subject.SHARDS
        ? List.of(1L << 60, 2L << 60, 3L << 60, 4L << 60)
        : List.of(0L);
  }

  /** Reads what the server will send, so that it comes from memory whatever happened since. */
  void prefault(Subject subject) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    for (String key : keys(subject)) {
      try (FileChannel file = FileChannel.open(root.resolve(NAME).resolve(key))) {
        for (int read = 0; read >= 0; read = file.read(buffer)) buffer.clear();
      }
    }
  }
}
