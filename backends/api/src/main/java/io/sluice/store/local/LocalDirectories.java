package io.sluice.store.local;

import static java.util.Objects.requireNonNull;

import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directories on the way to a file: made for the first object in them, deleted with the last. A
 * link on the way is followed where it leads to a directory inside, and never deleted; nor is the
 * directory that it leads to.
 */
final class LocalDirectories {
  private final LocalStore store;
  private final Path root;

  LocalDirectories(LocalStore store, Path root) {
    this.store = store;
    this.root = root;
  }

  /**
   * Makes a directory and those above it.
   *
   * @return the nearest one that was there already
   * @throws StoreException.Denied where it would be outside; nothing is made then
   * @throws StoreException.Unsupported where there is a file in its place, or above it
   */
  Path make(Path directory, String key) throws IOException {
    Path there = nearest(directory);
    if (!Files.isDirectory(there))
      throw new StoreException.Unsupported(
          "a directory cannot have a file and what is below it: " + key, null);
    if (!store.isInside(there.toRealPath()))
      throw new StoreException.Denied("a link leads out of the directory: " + key, null);
    if (!there.equals(directory)) Files.createDirectories(directory);
    return there;
  }

  private static Path nearest(Path directory) {
    Path nearest = directory;
    while (!Files.exists(nearest, LinkOption.NOFOLLOW_LINKS))
      nearest = requireNonNull(nearest.getParent());
    return nearest;
  }

  /** Whether a directory is one of the bucket's, behind all links. */
  boolean isInside(Path directory) throws IOException {
    return store.isInside(directory.toRealPath());
  }

  /** A bucket has no directory without an object in it. */
  void deleteEmpty(Path directory) throws IOException {
    try {
      for (Path empty = directory;
          !empty.equals(root) && !Files.isSymbolicLink(empty);
          empty = requireNonNull(empty.getParent())) Files.delete(empty);
    } catch (FileSystemException e) {
      // It holds something, is gone, or is not ours to delete; without a file it does not show.
    }
  }

  /**
   * Puts on disk what was named in a directory, and the directory's own name.
   *
   * @param there the nearest one that was there before, at or above the directory
   */
  static void force(Path directory, Path there) throws IOException {
    for (Path made = directory; !made.equals(there); made = requireNonNull(made.getParent()))
      force(made);
    force(there);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException | AccessDeniedException e) {
      // Deleted with its last object meanwhile; or to be written but not read, thus never opened.
    } catch (IOException e) {
      if (!isNotOffered(e)) throw e;
    }
  }

  /** Some network file systems cannot force a directory; their server does it, or nobody can. */
  private static boolean isNotOffered(IOException e) {
    String reason = String.valueOf(e.getMessage());
    return reason.contains("Invalid argument") || reason.contains("not supported");
  }
}
