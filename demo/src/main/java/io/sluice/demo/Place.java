package io.sluice.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/** A temporary directory with all that the demo leaves on disk while it runs. */
record Place(Path root) implements AutoCloseable {
  /** Makes one below a directory, if so many bytes fit there twice: in the bucket and the cache. */
  static Place make(Path below, long bytes) throws IOException, DemoException {
    if (!Files.isDirectory(below))
      throw new DemoException(below + " is not a directory: give another --dir");
    long free = Files.getFileStore(below).getUsableSpace();
    // The cache leaves a tenth of the disk free.
    long needed = 2 * bytes + Files.getFileStore(below).getTotalSpace() / 10;
    if (free < Math.min(needed, 2 * bytes + (20L << 30)))
      throw new DemoException(
          String.format(
              Locale.ROOT,
              "%s has %d MB free, too little for a bucket and a cache of %d MB each beside what a"
                  + " cache leaves free: give another --dir, or a smaller --size",
              below,
              free / 1_000_000,
              bytes / 1_000_000));
    var place = new Place(Files.createTempDirectory(below, "sluice-demo-"));
    Files.createDirectory(place.bucket());
    Files.createDirectory(place.mountPoint());
    return place;
  }

  Path bucket() {
    return root.resolve("s3");
  }

  Path mountPoint() {
    return root.resolve("models");
  }

  Path dataDirectory() {
    return root.resolve("cache");
  }

  /** Removes it all; to be called when nothing is mounted any more. */
  @Override
  public void close() throws IOException {
    delete(root);
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) delete(child);
      }
    }
    Files.deleteIfExists(path);
  }
}
