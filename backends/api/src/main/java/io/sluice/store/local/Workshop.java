package io.sluice.store.local;

import io.sluice.store.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory {@code .sluice} below a bucket's own, which no key names and no listing shows:
 * where files are made before they get their names, and the lock under which they get them.
 */
final class Workshop {
  /** Its name in the bucket's directory. */
  static final String NAME = ".sluice";

  private static final Duration LEFT_BEHIND = Duration.ofDays(1);
  private static final int BUFFER = 1 << 20;

  private final Path directory;
  private final NamingLock lock;

  Workshop(Path root) {
    this.directory = root.resolve(NAME);
    this.lock = new NamingLock(directory.resolve("lock"));
  }

  /** A place for uploads in parts. */
  Path uploads() {
    return directory.resolve("uploads");
  }

  /** Deletes what programs left behind that were killed a day or longer ago. */
  void sweep() throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    for (Path file : entriesOrNone(temporary()))
      unlessRefused(
          () -> {
            if (Files.getLastModifiedTime(file).compareTo(old) < 0) Files.deleteIfExists(file);
          });
    for (Path path : entriesOrNone(uploads())) {
      var upload = new UploadDirectory(path);
      unlessRefused(
          () -> {
            if (upload.isLeftBehind(old)) upload.end();
          });
    }
  }

  private interface Sweeping {
    void run() throws IOException;
  }

  private static void unlessRefused(Sweeping sweeping) throws IOException {
    try {
      sweeping.run();
    } catch (FileSystemException e) {
      // Another sweeps too, or it is not ours to sweep; who only reads need not be told.
    }
  }

  private static List<Path> entriesOrNone(Path directory) throws IOException {
    try {
      return entries(directory);
    } catch (FileSystemException e) {
      return List.of(); // nobody ever wrote here, or it is not ours to look at
    }
  }

  /** What a directory holds; Java's own stream hides its errors in unchecked ones. */
  static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What is to be done to a file before it is on disk and gets its name. */
  interface Finish {
    void to(Path file) throws IOException;
  }

  /**
   * A new file with these bytes, finished and on disk; whoever asked for it moves or deletes it.
   */
  Path make(Payload body, Finish finish) throws IOException {
    Files.createDirectories(temporary());
    Path file = temporary().resolve(UUID.randomUUID().toString());
    boolean done = false;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(body, channel);
      finish.to(file);
      channel.force(true);
      done = true;
      return file;
    } finally {
      if (!done) Files.deleteIfExists(file);
    }
  }

  private static void write(Payload body, FileChannel channel) throws IOException {
    byte[] buffer = new byte[Math.clamp(body.length(), 1, BUFFER)];
    long left = body.length();
    try (InputStream in = body.open()) {
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) throw new EOFException("%d bytes are missing".formatted(left));
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) channel.write(bytes);
        left -= count;
      }
    }
  }

  private Path temporary() {
    return directory.resolve("tmp");
  }

  /** Holds the lock, which other processes respect as well, for as long as it takes. */
  <T> T alone(NamingLock.Naming<T> naming) throws IOException {
    Files.createDirectories(directory);
    return lock.alone(naming);
  }
}
