package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept with an object, as extended attributes of its file: {@code
 * user.sluice.header.content-type}, {@code user.sluice.metadata.NAME}, and for ourselves {@code
 * user.sluice.upload}. (xattr(7))
 */
final class LocalAttributes {
  private static final String HEADER = "sluice.header.";
  private static final String METADATA = "sluice.metadata.";
  private static final String UPLOAD = "sluice.upload";

  private LocalAttributes() {}

  /**
   * Fails where no directory has a place for them, so that nothing is made in vain.
   *
   * @throws StoreException.Unsupported if they have tags, a storage class or an ACL
   */
  static void requireKept(ObjectAttributes attributes) throws StoreException {
    if (!attributes.tags().isEmpty())
      throw new StoreException.Unsupported("a directory keeps no tags", null);
    if (attributes.storageClass().isPresent())
      throw new StoreException.Unsupported("a directory has no storage classes", null);
    if (attributes.acl().isPresent())
      throw new StoreException.Unsupported(
          "a directory has no canned ACLs: set the permissions of the file", null);
  }

  /**
   * Keeps them with a file.
   *
   * @throws StoreException.Unsupported where this file system has no place for them
   */
  static void write(Path file, ObjectAttributes attributes) throws IOException {
    requireKept(attributes);
    if (attributes.isEmpty()) return;
    UserDefinedFileAttributeView view = view(file);
    try {
      for (var header : attributes.headers().entrySet())
        view.write(HEADER + name(header.getKey()), UTF_8.encode(header.getValue()));
      for (var own : attributes.metadata().entrySet())
        view.write(METADATA + own.getKey(), UTF_8.encode(own.getValue()));
    } catch (IOException e) {
      throw new StoreException.Unsupported(
          "this file system keeps no content type and no metadata: " + e.getMessage(), e);
    }
  }

  /** What was kept; nothing where the file system keeps none. */
  static ObjectAttributes read(Path file) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    ObjectAttributes found = ObjectAttributes.NONE;
    for (ContentHeader header : ContentHeader.values()) {
      String name = HEADER + name(header);
      if (names(view).contains(name)) found = found.with(header, value(view, name));
    }
    for (String name : names(view))
      if (name.startsWith(METADATA))
        found = found.withMetadata(name.substring(METADATA.length()), value(view, name));
    return found;
  }

  /** Marks a file as made by an upload; false where the file system keeps no attributes. */
  static boolean marks(Path file, String uploadId) {
    try {
      view(file).write(UPLOAD, UTF_8.encode(uploadId));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The id of the upload that made a file, where it is marked. */
  static Optional<String> mark(Path file) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    return names(view).contains(UPLOAD) ? Optional.of(value(view, UPLOAD)) : Optional.empty();
  }

  private static java.util.List<String> names(UserDefinedFileAttributeView view) {
    try {
      return view.list().stream().sorted().toList();
    } catch (IOException e) {
      return java.util.List.of(); // this file system has none
    }
  }

  private static UserDefinedFileAttributeView view(Path file) {
    return java.util.Objects.requireNonNull(
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
  }

  private static String value(UserDefinedFileAttributeView view, String name) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(view.size(name));
    view.read(name, value);
    return UTF_8.decode(value.flip()).toString();
  }

  private static String name(ContentHeader header) {
    return header.header().toLowerCase(Locale.ROOT);
  }
}
