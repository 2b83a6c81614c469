package io.sluice.store.local;

import io.sluice.store.Part;
import io.sluice.store.PendingUpload;
import io.sluice.store.UploadId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of one upload, {@code .sluice/uploads/ID}: the file {@code key} with the key and the
 * attributes, the parts as files named by their numbers, and what {@link LocalCompletion} leaves.
 * Without {@code key} it is an upload no more.
 */
record UploadDirectory(Path path) {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
  private static final int ATTEMPTS = 5;

  static boolean isId(String name) {
    return ID.matcher(name).matches();
  }

  private String id() {
    return path.getFileName().toString();
  }

  Path key() {
    return path.resolve("key");
  }

  Path file(int number) {
    return path.resolve(Integer.toString(number));
  }

  /** The upload that is here; absent where it has ended, or not begun. */
  Optional<PendingUpload> pending() throws IOException {
    if (!isId(id())) return Optional.empty();
    try {
      var upload = new UploadId(Files.readString(key()), id());
      return Optional.of(new PendingUpload(upload, Files.getLastModifiedTime(key()).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** By number. */
  List<Part> parts() throws IOException {
    var parts = new ArrayList<Part>();
    for (Path file : Workshop.entries(path)) {
      String name = file.getFileName().toString();
      if (NUMBER.matcher(name).matches()) parts.add(part(Integer.parseInt(name)));
    }
    parts.sort(Comparator.comparingInt(Part::number));
    return parts;
  }

  Part part(int number) throws IOException {
    Path file = file(number);
    long size = Files.size(file);
    // As a version's tag: the time of its last change and its size.
    String tag = "%s-%x".formatted(Files.getAttribute(file, "unix:ctime"), size);
    return new Part(number, tag, size, Optional.empty());
  }

  /** Whether somebody was to end it, or to begin it, and was killed before that time. */
  boolean isLeftBehind(FileTime before) throws IOException {
    return isId(id())
        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        && Files.notExists(key())
        && Files.getLastModifiedTime(path).compareTo(before) < 0;
  }

  /**
   * Deletes it, also where another does so at the same time. The key goes first: whoever ends
   * halfway has ended the upload.
   */
  void end() throws IOException {
    Files.deleteIfExists(key());
    for (int attempt = 1; ; attempt++) {
      try {
        for (Path file : Workshop.entries(path)) Files.deleteIfExists(file);
        Files.deleteIfExists(path);
        return;
      } catch (NoSuchFileException | NotDirectoryException e) {
        return; // another was faster
      } catch (DirectoryNotEmptyException e) {
        if (attempt == ATTEMPTS) throw e; // else a part that came late, which goes as well
      }
    }
  }
}
