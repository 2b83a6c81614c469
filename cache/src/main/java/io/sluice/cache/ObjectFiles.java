package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one object version: {@code data}, sparse and exactly as long as the object;
 * {@code blocks}, its {@link BlockMap}; {@code object.json}, which says to people what it is.
 */
record ObjectFiles(Path directory, FileChannel data, BlockMap map) implements AutoCloseable {
  static final String DATA = "data";
  static final String BLOCKS = "blocks";
  static final String DESCRIPTION = "object.json";

  /**
   * Opens what is there, or makes it. What does not parse or does not fit the object is discarded,
   * and that object starts over.
   *
   * @throws IOException where the disk does not let us: full, read-only, broken
   */
  static ObjectFiles open(
      Path directory, String store, ObjectVersion version, BlockLayout layout, BootId boot)
      throws IOException {
    if (Files.exists(directory.resolve(BLOCKS))) {
      try {
        return openExisting(directory, layout, boot);
      } catch (BlockMap.Damaged | NoSuchFileException e) {
        delete(directory);
      }
    }
    create(directory, store, version, layout, boot);
    return openExisting(directory, layout, boot);
  }

  private static ObjectFiles openExisting(Path directory, BlockLayout layout, BootId boot)
      throws IOException {
    FileChannel data =
        FileChannel.open(
            directory.resolve(DATA), StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (data.size() != layout.size())
        throw new BlockMap.Damaged(directory + "/data is not as long as its object");
      return new ObjectFiles(
          directory, data, BlockMap.open(directory.resolve(BLOCKS), layout, boot));
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static void create(
      Path directory, String store, ObjectVersion version, BlockLayout layout, BootId boot)
      throws IOException {
    try {
      Files.createDirectories(directory);
      try (var data = new RandomAccessFile(directory.resolve(DATA).toFile(), "rw")) {
        data.setLength(layout.size());
      }
      Files.writeString(directory.resolve(DESCRIPTION), describe(store, version));
      BlockMap.create(directory.resolve(BLOCKS), layout, boot); // last: it makes the rest count
    } catch (IOException e) {
      delete(directory);
      throw e;
    }
  }

  private static String describe(String store, ObjectVersion version) {
    return "{\"store\": %s, \"key\": %s, \"tag\": %s, \"size\": %d, \"cached\": \"%s\"}%n"
        .formatted(
            quoted(store),
            quoted(version.key()),
            quoted(version.tag()),
            version.size(),
            Instant.now());
  }

  /** A JSON string (RFC 8259, section 7). */
  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') json.append('\\').append((char) c);
              else if (c < 0x20) json.append("\\u%04x".formatted(c));
              else json.append((char) c);
            });
    return json.append('"').toString();
  }

  /** When it was last used, which is what eviction goes by. */
  static void touch(Path directory, Instant when) throws IOException {
    Files.setLastModifiedTime(directory, FileTime.from(when));
  }

  /** Removes a directory and what is in it; one that is not there is no error. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) return;
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** How many bytes its files take: the blocks held, and something for the files themselves. */
  static long footprint(long held, int blockSize) {
    return held * blockSize + OVERHEAD;
  }

  /** Directory, description and the rounding of all of them to disk blocks. */
  static final long OVERHEAD = 16 << 10;

  @Override
  public void close() throws IOException {
    map.close();
    data.close();
  }
}
