package io.sluice.cache;

import io.sluice.cache.CacheException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.LoggerFactory;

/**
 * Our hold on a data directory: while it is open no other process, and no other cache of this one,
 * takes it. The kernel lets go of it when the process ends, however it ends.
 *
 * @param directory that of our format, below the one the user named
 */
record DirectoryLock(Path directory, FileChannel file) implements AutoCloseable {
  /** Makes the directory, for its owner only, where it is missing, and takes it. */
  static DirectoryLock take(Path dataDirectory, String format) throws CacheException {
    Path directory = dataDirectory.resolve(format);
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel file =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(file)) {
        file.close();
        throw new CacheException(
            Kind.LOCKED,
            "data directory %s is in use by another mount: unmount that one, or choose another --data-dir"
                .formatted(dataDirectory),
            null);
      }
      return new DirectoryLock(directory, file);
    } catch (IOException e) {
      throw unusable(dataDirectory, e);
    }
  }

  private static boolean isTaken(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another cache of this process
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  static CacheException unusable(Path dataDirectory, IOException e) {
    String why =
        switch (e) {
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "not a directory";
          case FileSystemException f when f.getReason() != null -> f.getReason();
          default -> String.valueOf(e.getMessage());
        };
    boolean full = why.contains("No space left") || why.contains("quota");
    return new CacheException(
        full ? Kind.FULL : Kind.NOT_WRITABLE,
        "data directory %s cannot be used (%s): %s"
            .formatted(
                dataDirectory,
                why,
                full
                    ? "free some space there, or choose another --data-dir"
                    : "choose one you may write to with --data-dir"),
        e);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LoggerFactory.getLogger(DirectoryLock.class).warn("closing {}: {}", directory, e.toString());
    }
  }
}
