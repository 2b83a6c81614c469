package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Directories as buckets and the files below them as objects. A file's tag is made of its size and
 * time: content is not read to be named.
 */
record FileBuckets(Path root) {
  /** By the bytes of their UTF-8, as S3 lists them. */
  private static final Comparator<String> BY_BYTES =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  boolean hasBucket(String bucket) {
    return isPlain(bucket) && Files.isDirectory(root.resolve(bucket));
  }

  Path file(String bucket, String key) {
    return root.resolve(bucket).resolve(key);
  }

  /** What an object is now; empty where there is none. */
  Optional<ObjectMeta> find(String bucket, String key) throws IOException {
    if (!isPlain(key)) return Optional.empty();
    try {
      var attributes = Files.readAttributes(file(bucket, key), BasicFileAttributes.class);
      return attributes.isRegularFile() ? Optional.of(meta(key, attributes)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A page of a bucket; {@link ListRequest#after()} is the last key or prefix already shown. */
  ListPage list(String bucket, ListRequest request) throws IOException {
    List<ObjectMeta> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String shown = request.after().orElse("");
    for (String key : keys(bucket)) {
      if (!key.startsWith(request.prefix())) continue;
      String entry = rolledUp(key, request);
      if (BY_BYTES.compare(entry, shown) <= 0) continue;
      if (objects.size() + prefixes.size() == request.maxKeys())
        return new ListPage(objects, prefixes, Optional.of(shown));
      if (entry.equals(key)) {
        find(bucket, key).ifPresent(objects::add);
      } else {
        prefixes.add(entry);
      }
      shown = entry;
    }
    return new ListPage(objects, prefixes, Optional.empty());
  }

  private static String rolledUp(String key, ListRequest request) {
    return request
        .delimiter()
        .map(
            delimiter -> {
              int at = key.indexOf(delimiter, request.prefix().length());
              return at < 0 ? key : key.substring(0, at + delimiter.length());
            })
        .orElse(key);
  }

  private List<String> keys(String bucket) throws IOException {
    Path directory = root.resolve(bucket);
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted(BY_BYTES)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ObjectMeta meta(String key, BasicFileAttributes attributes) {
    var modified = attributes.lastModifiedTime().toInstant();
    // Whole seconds, as a HEAD's Last-Modified can carry them: a LIST says the same.
    return new ObjectMeta(
        version(key, attributes.size(), modified), modified.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Which version a file of that size and time is. */
  static ObjectVersion version(String key, long size, Instant modified) {
    // Nothing that could be taken for an MD5: clients compare those with what they got.
    String tag =
        HexFormat.of().toHexDigits(size)
            + "."
            + HexFormat.of()
                .toHexDigits(modified.getEpochSecond() * 1_000_000_000 + modified.getNano());
    return new ObjectVersion(key, tag, size);
  }

  private static boolean isPlain(String name) {
    // Never out of the root, whatever is asked for.
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0)
        return false;
    }
    return true;
  }
}
