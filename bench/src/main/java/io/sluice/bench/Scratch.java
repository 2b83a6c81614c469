package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for everything a run leaves on disk, and which is gone when it is closed. */
record Scratch(Path root) implements AutoCloseable {
  /** A new directory below {@code parent}. */
  static Scratch below(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new Scratch(Files.createTempDirectory(parent.toRealPath(), "sluice-bench-"));
  }

  Path at(String name) {
    return root.resolve(name);
  }

  /** An empty directory of that name, whatever was there before. */
  Path fresh(String name) throws IOException {
    delete(at(name));
    return Files.createDirectories(at(name));
  }

  void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) return;
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) Files.delete(file);
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }
}
