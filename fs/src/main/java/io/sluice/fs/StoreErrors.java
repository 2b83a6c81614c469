package io.sluice.fs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure of the store is to a program: its errno, and one line in the log. */
final class StoreErrors {
  private static final Logger LOG = LoggerFactory.getLogger(StoreErrors.class);

  /** A program that tries the same thing over and over is not to fill the log. */
  private static final Duration SAID_ONCE_IN = Duration.ofMinutes(1);

  private static final int MAX_REMEMBERED = 256;

  private record Said(Errno errno, String key) {}

  private final Cache<Said, Boolean> said;

  StoreErrors(Freshness freshness) {
    said =
        Caffeine.newBuilder()
            .ticker(freshness::now)
            .executor(Runnable::run)
            .expireAfterWrite(SAID_ONCE_IN)
            .maximumSize(MAX_REMEMBERED)
            .build();
  }

  /** Of a question about a name. */
  FsException about(String key, StoreException failure) {
    return translate(key, failure, errno(failure));
  }

  /** Of reading an open file: its version is known to have been there, so it cannot be missing. */
  FsException reading(String key, StoreException failure) {
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

  private FsException translate(String key, StoreException failure, Errno errno) {
    // That a file is not there is an answer, and programs ask for many.
    if (errno != Errno.ENOENT && said.asMap().putIfAbsent(new Said(errno, key), true) == null)
      LOG.warn("{}: \"{}\": {}", errno, key, failure.getMessage());
    return new FsException(errno, "\"" + key + "\": " + failure.getMessage(), failure);
  }
}
