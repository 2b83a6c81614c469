package io.sluice.store.local;

import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a file system refused, told as what the caller of a store can do about it. */
final class LocalErrors {
  private LocalErrors() {}

  static StoreException translate(String doing, String key, IOException e) {
    String message = doing + " " + key + ": " + e;
    return switch (e) {
      case StoreException ours -> ours;
      case NoSuchFileException _, NotDirectoryException _ ->
          new StoreException.NotFound(message, e);
      case AccessDeniedException _ -> new StoreException.Denied(message, e);
      default -> byReason(reason(e), message, e);
    };
  }

  /** Java has no types for these; what it says of them are the C library's words. */
  private static StoreException byReason(String reason, String message, IOException e) {
    if (reason.contains("Not a directory")
        || reason.contains("File name too long")
        || reason.contains("Too many levels of symbolic links"))
      return new StoreException.NotFound(message, e);
    if (reason.contains("No space left on device"))
      return new StoreException.TooLarge(
          message + "; make room on the file system of the directory", e);
    if (reason.contains("Disk quota exceeded"))
      return new StoreException.TooLarge(
          message + "; make room, or have the quota of the directory raised", e);
    if (reason.contains("Read-only file system"))
      return new StoreException.Denied(
          message + "; mount the file system of the directory for writing", e);
    return new StoreException.Unavailable(message, e);
  }

  /** Without the names of files, which may say anything. */
  private static String reason(IOException e) {
    return String.valueOf(e instanceof FileSystemException f ? f.getReason() : e.getMessage());
  }
}
