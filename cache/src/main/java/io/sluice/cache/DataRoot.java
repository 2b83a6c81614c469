package io.sluice.cache;

import io.sluice.cache.CacheException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where our format lives in the directory that the user named, and what is wrong if it cannot. */
final class DataRoot {
  private static final int FORMAT = 1;

  private DataRoot() {}

  /** Makes it, for its owner only, where it is missing. */
  static Path make(Path dataDirectory) throws IOException, CacheException {
    if (Files.isDirectory(dataDirectory)) refuseNewer(dataDirectory);
    Path root = dataDirectory.resolve("v" + FORMAT);
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return root;
  }

  /**
   * The one that is there.
   *
   * @throws CacheException where there is none
   */
  static Path find(Path dataDirectory) throws CacheException {
    Path root = dataDirectory.resolve("v" + FORMAT);
    try {
      if (Files.isDirectory(dataDirectory)) refuseNewer(dataDirectory);
    } catch (IOException e) {
      throw unusable(dataDirectory, e);
    }
    if (!Files.isDirectory(root))
      throw new CacheException(
          Kind.MISSING,
          "there is no cache in %s: name the directory of a mount with --data-dir"
              .formatted(dataDirectory),
          null);
    return root;
  }

  /** What a newer version keeps there we would neither count nor evict. */
  private static void refuseNewer(Path dataDirectory) throws IOException, CacheException {
    try (DirectoryStream<Path> formats = Files.newDirectoryStream(dataDirectory, "v*")) {
      for (Path format : formats) {
        String name = format.getFileName().toString();
        if (name.matches("v[0-9]{1,9}") && Integer.parseInt(name.substring(1)) > FORMAT)
          throw new CacheException(
              Kind.NEWER,
              "data directory %s was written by a newer Sluice (it has a %s): use that one, or choose another --data-dir"
                  .formatted(dataDirectory, name),
              null);
      }
    }
  }

  /** What all objects take, counted. */
  static long footprint(Path root) throws IOException {
    var sum = new long[1];
    ObjectWalk.objects(root, object -> sum[0] += ObjectFiles.footprint(object));
    return sum[0];
  }

  static CacheException unusable(Path dataDirectory, IOException e) {
    String why =
        switch (e) {
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "not a directory";
          case NotDirectoryException _ -> "not a directory";
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
}
