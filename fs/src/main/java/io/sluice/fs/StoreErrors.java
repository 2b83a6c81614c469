package io.sluice.fs;

import io.sluice.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure of the store is to a program: its errno, and one line in the log. */
final class StoreErrors {
  private static final Logger LOG = LoggerFactory.getLogger(StoreErrors.class);

  private StoreErrors() {}

  /** Of a question about a name. */
  static FsException about(String key, StoreException failure) {
    return translate(key, failure, errno(failure));
  }

  /** Of reading an open file: its version is known to have been there, so it cannot be missing. */
  static FsException reading(String key, StoreException failure) {
    boolean isGone = failure instanceof StoreException.NotFound;
    return translate(key, failure, isGone ? Errno.ESTALE : errno(failure));
  }

  private static Errno errno(StoreException failure) {
    return switch (failure) {
      case StoreException.NotFound _ -> Errno.ENOENT;
      case StoreException.Changed _ -> Errno.ESTALE;
      // The precondition was met, and yet the object ends earlier than its version says.
      case StoreException.RangeNotSatisfiable _ -> Errno.ESTALE;
      case StoreException.Denied _ -> Errno.EACCES;
      case StoreException.Conflict _ -> Errno.EIO;
      case StoreException.Throttled _ -> Errno.EIO;
      case StoreException.Unavailable _ -> Errno.EIO;
      case StoreException.TooLarge _ -> Errno.EIO;
      case StoreException.Unsupported _ -> Errno.EIO;
      case StoreException.Invalid _ -> Errno.EIO;
    };
  }

  private static FsException translate(String key, StoreException failure, Errno errno) {
    // That a file is not there is an answer, and programs ask for many.
    if (errno != Errno.ENOENT) LOG.warn("{}: \"{}\": {}", errno, key, failure.getMessage());
    return new FsException(errno, "\"" + key + "\": " + failure.getMessage(), failure);
  }
}
