package io.sluice.upload;

import io.sluice.store.ByteRange;
import io.sluice.store.Payload;
import io.sluice.store.transfer.ChangedFileException;
import io.sluice.store.transfer.SentFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file that is sent: opened once, so that whatever happens to its name all bytes come from one
 * file. For many threads at once.
 */
public final class SourceFile implements AutoCloseable {
  private final Path path;
  private final SentFile file;
  private final FileIdentity identity;

  private SourceFile(Path path, SentFile file, FileIdentity identity) {
    this.path = path;
    this.file = file;
    this.identity = identity;
  }

  /**
   * Opens it.
   *
   * @throws IOException where it is none that can be read, with one line that says what to do
   */
  public static SourceFile open(Path path) throws IOException {
    if (Files.isDirectory(path))
      throw new IOException(path + " is a directory: give a file, or pack it first");
    if (Files.exists(path) && !Files.isRegularFile(path))
      throw new IOException(path + " is no regular file, and could not be read twice: give a file");
    try {
      FileIdentity before = FileIdentity.of(path);
      SentFile file = SentFile.open(path);
      boolean opened = false;
      try {
        if (!FileIdentity.of(path).equals(before) || file.size() != before.size())
          throw new IOException(path + " is being written: wait until it is complete");
        opened = true;
        return new SourceFile(path.toRealPath(), file, before);
      } finally {
        if (!opened) file.close();
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + path, e);
    } catch (AccessDeniedException e) {
      throw new IOException(path + " cannot be read: check its permissions", e);
    }
  }

  /** Where it was, without links. */
  public Path path() {
    return path;
  }

  public FileIdentity identity() {
    return identity;
  }

  Payload part(ByteRange range) {
    return file.part(range);
  }

  Payload all() {
    return file.all();
  }

  void requireUnchanged() throws IOException {
    file.requireUnchanged();
  }

  /** Why it was not sent: that it changed meanwhile, if it did, else the given reason. */
  IOException reason(IOException failure) {
    IOException reason = file.reason(failure);
    return reason instanceof ChangedFileException
        ? new UploadException.FileChanged(
            path + " was written to while it was sent: what goes on compares it with what was sent",
            reason)
        : reason;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
