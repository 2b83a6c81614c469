package io.sluice.store.local;

import static java.util.Objects.requireNonNull;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Presign;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory as a bucket: the files below it are its objects, by their relative paths. A version
 * is a file's change time, size and inode, so it changes when the content does. Links that lead out
 * of the directory, or in a circle, are not followed; directories without a file do not show, as in
 * a bucket.
 */
public final class LocalStore implements ObjectStore {
  private static final String LOOKED_AT = "unix:isRegularFile,size,lastModifiedTime,ctime,fileKey";

  private final Path root;
  private final Workshop workshop;
  private final LocalWriter writer;

  private LocalStore(Path root) {
    this.root = root;
    this.workshop = new Workshop(root);
    this.writer = new LocalWriter(this, root, workshop);
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
      var store = new LocalStore(root);
      store.workshop.sweep();
      return store;
    } catch (IOException e) {
      throw LocalErrors.translate("opening", directory.toString(), e);
    }
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return meta(key, file(key));
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    Path file = file(key);
    try {
      return new ObjectDetails(meta(key, file), LocalAttributes.read(file), Map.of(), Map.of());
    } catch (IOException e) {
      throw LocalErrors.translate("looking at", key, e);
    }
  }

  /** They are not told. */
  @Override
  public List<Long> partSizes(ObjectVersion version) {
    return List.of();
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    if (request.delimiter().filter(delimiter -> !delimiter.equals("/")).isPresent())
      throw new StoreException.Unsupported("a directory has no delimiter but '/'", null);
    var listing = new LocalListing(this, root, request);
    try {
      return listing.page();
    } catch (IOException e) {
      throw LocalErrors.translate("listing", request.prefix(), e);
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
      throw LocalErrors.translate("reading", version.key(), e);
    }
  }

  @Override
  public ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    return writer.put(key, body, options);
  }

  @Override
  public ObjectVersion copy(ObjectVersion from, String to, PutOptions options)
      throws StoreException {
    ObjectDetails source = describe(from.key());
    if (!source.meta().version().equals(from)) throw changed(from, source.meta().version().tag());
    boolean keeps = options.attributes().isEmpty();
    return put(
        to, new VersionPayload(this, from), keeps ? options.with(source.attributes()) : options);
  }

  private record VersionPayload(LocalStore store, ObjectVersion version) implements Payload {
    @Override
    public long length() {
      return version.size();
    }

    @Override
    public InputStream open() throws IOException {
      return store.open(version, version.all());
    }
  }

  @Override
  public void delete(String key) throws StoreException {
    writer.delete(key);
  }

  @Override
  public Map<String, String> tags(String key) throws StoreException {
    throw noTags(key);
  }

  @Override
  public void setTags(String key, Map<String, String> tags) throws StoreException {
    throw noTags(key);
  }

  private static StoreException noTags(String key) {
    return new StoreException.Unsupported("a directory keeps no tags: " + key, null);
  }

  @Override
  public URI presign(Presign request) throws StoreException {
    throw new StoreException.Unsupported("a directory has no URLs: " + request.key(), null);
  }

  @Override
  public MultipartUploads uploads() {
    return new LocalUploads(this, writer, workshop);
  }

  @Override
  public void close() {}

  /** To be called after bytes were read: they are this version's if the file is still the same. */
  void requireUnchanged(ObjectVersion version, Path file) throws StoreException {
    String now = meta(version.key(), file).version().tag();
    if (!now.equals(version.tag())) throw changed(version, now);
  }

  private static StoreException changed(ObjectVersion version, String now) {
    return new StoreException.Changed(
        "%s is %s now, no longer %s".formatted(version.key(), now, version.tag()), null);
  }

  ObjectMeta meta(String key, Path file) throws StoreException {
    try {
      // One look at the file, so that what is said of it belongs together.
      Map<String, Object> found = Files.readAttributes(file, LOOKED_AT);
      if (!Boolean.TRUE.equals(found.get("isRegularFile")))
        throw new StoreException.NotFound("no file " + key, null);
      long size = (Long) requireNonNull(found.get("size"));
      Instant modified = ((FileTime) requireNonNull(found.get("lastModifiedTime"))).toInstant();
      // The change time, which nobody can set back, and the file key: the device and the inode.
      String tag = "%s-%x-%s".formatted(found.get("ctime"), size, found.get("fileKey"));
      return new ObjectMeta(new ObjectVersion(key, tag, size), modified);
    } catch (IOException e) {
      throw LocalErrors.translate("looking at", key, e);
    }
  }

  private Path file(String key) throws StoreException {
    return within(key).orElseThrow(() -> new StoreException.NotFound("no file " + key, null));
  }

  /** The file of a key, where it lies below the root also behind all links. */
  Optional<Path> within(String key) throws StoreException {
    try {
      Optional<Path> path = named(key);
      if (path.isEmpty()) return path;
      return Optional.of(path.get().toRealPath()).filter(this::isInside);
    } catch (InvalidPathException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw LocalErrors.translate("looking for", key, e);
    }
  }

  /** Whether a real path, behind all links, is the bucket's; the workshop is not. */
  boolean isInside(Path real) {
    return real.startsWith(root) && !real.startsWith(root.resolve(Workshop.NAME));
  }

  /** The path of a key, where the key names a file by its only name. */
  Optional<Path> named(String key) {
    if (key.isEmpty() || key.endsWith("/")) return Optional.empty();
    Path path = root.resolve(key);
    Path normalized = path.normalize();
    boolean isPlain =
        normalized.startsWith(root) && root.relativize(normalized).toString().equals(key);
    boolean isOurs = path.startsWith(root.resolve(Workshop.NAME));
    return isPlain && !isOurs ? Optional.of(path) : Optional.empty();
  }
}
