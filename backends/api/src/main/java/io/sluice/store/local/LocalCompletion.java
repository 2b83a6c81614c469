package io.sluice.store.local;

import io.sluice.store.UploadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How a completion that is asked for again, after a crash or a lost answer, finds that it was done:
 * the file that it named carries the upload's id. Where the file system keeps no attributes a file
 * in the upload's directory says which one was to be named, as long as that directory is there.
 */
record LocalCompletion(UploadId upload, UploadDirectory directory) {
  /** To be called before the file gets its name. */
  void announce(Path made) throws IOException {
    if (!LocalAttributes.marks(made, upload.id())) writeMarker(made);
  }

  void writeMarker(Path made) throws IOException {
    Files.writeString(
        marker(),
        identity(made),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
  }

  /** Whether it was this upload that made a file. */
  boolean made(Path file) throws IOException {
    if (LocalAttributes.mark(file).filter(upload.id()::equals).isPresent()) return true;
    try {
      return Files.readString(marker()).equals(identity(file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path marker() {
    return directory.path().resolve("made");
  }

  /** Device and inode may be used again, but not with the same time of birth. */
  private static String identity(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    return "%s-%x-%s".formatted(found.fileKey(), found.size(), found.creationTime());
  }
}
