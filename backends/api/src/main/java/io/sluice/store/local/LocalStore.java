package io.sluice.store.local;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * A directory as a bucket: the files below it are its objects, by their relative paths. A version
 * is a file's change time, size and inode, so it changes when the content does. Links that lead out
 * of the directory, or in a circle, are not followed; directories without a file do not show, as in
 * a bucket.
 */
public final class LocalStore implements ObjectStore {
  private final Path root;

  private LocalStore(Path root) {
    this.root = root;
  }

  /**
   * Opens a directory.
   *
   * @throws StoreException.NotFound where there is none
   */
  public static LocalStore open(Path directory) throws StoreException {
    try {
      Path root = directory.toRealPath();
      if (!Files.isDirectory(root))
        throw new StoreException.NotFound(directory + " is not a directory", null);
      return new LocalStore(root);
    } catch (IOException e) {
      throw translate("opening", directory.toString(), e);
    }
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return meta(key, file(key));
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    if (request.delimiter().filter(delimiter -> !delimiter.equals("/")).isPresent())
      throw new StoreException.Unsupported("a directory has no delimiter but '/'", null);
    var listing = new LocalListing(this, root, request);
    try {
      return listing.page();
    } catch (IOException e) {
      throw translate("listing", request.prefix(), e);
    }
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    if (range.end() > version.size())
      throw new StoreException.RangeNotSatisfiable(range + " of " + version, null);
    if (range.isEmpty()) return InputStream.nullInputStream();
    Path file = file(version.key());
    try {
      FileChannel channel = FileChannel.open(file);
      try {
        requireUnchanged(version, file);
        return new LocalBody(this, version, file, channel, range);
      } catch (StoreException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw translate("reading", version.key(), e);
    }
  }

  @Override
  public void close() {}

  /** To be called after bytes were read: they are this version's if the file is still the same. */
  void requireUnchanged(ObjectVersion version, Path file) throws StoreException {
    String now = meta(version.key(), file).version().tag();
    if (!now.equals(version.tag()))
      throw new StoreException.Changed(
          "%s is %s now, no longer %s".formatted(version.key(), now, version.tag()), null);
  }

  ObjectMeta meta(String key, Path file) throws StoreException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (!found.isRegularFile()) throw new StoreException.NotFound("no file " + key, null);
      Instant modified = found.lastModifiedTime().toInstant();
      // The change time, which nobody can set back, and the file key: the device and the inode.
      String tag =
          "%s-%x-%s"
              .formatted(Files.getAttribute(file, "unix:ctime"), found.size(), found.fileKey());
      return new ObjectMeta(new ObjectVersion(key, tag, found.size()), modified);
    } catch (IOException e) {
      throw translate("looking at", key, e);
    }
  }

  private Path file(String key) throws StoreException {
    return within(key).orElseThrow(() -> new StoreException.NotFound("no file " + key, null));
  }

  /** The file of a key, where the key names one by its only name and it lies below the root. */
  private Optional<Path> within(String key) throws StoreException {
    if (key.isEmpty() || key.endsWith("/")) return Optional.empty();
    try {
      Path path = root.resolve(key);
      boolean isPlain = root.relativize(path.normalize()).toString().equals(key);
      if (!isPlain) return Optional.empty();
      return Optional.of(path.toRealPath()).filter(real -> real.startsWith(root));
    } catch (InvalidPathException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw translate("looking for", key, e);
    }
  }

  static StoreException translate(String doing, String key, IOException e) {
    String message = doing + " " + key + ": " + e;
    return switch (e) {
      case StoreException ours -> ours;
      case NoSuchFileException _ -> new StoreException.NotFound(message, e);
      case java.nio.file.NotDirectoryException _ -> new StoreException.NotFound(message, e);
      case AccessDeniedException _ -> new StoreException.Denied(message, e);
      case java.nio.file.FileSystemException f
          when String.valueOf(f.getReason()).contains("Not a directory")
              || String.valueOf(f.getReason()).contains("Too many levels of symbolic links") ->
          new StoreException.NotFound(message, e);
      default -> new StoreException.Unavailable(message, e);
    };
  }
}
