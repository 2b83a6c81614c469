package io.sluice.cache;

import org.jspecify.annotations.Nullable;

/** The data directory cannot be used; the message says why and what to do, in one line. */
public final class CacheException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** Missing and not to be made, not a directory, no permission, or a read-only disk. */
    NOT_WRITABLE,
    /** Not even room for its own lock file. */
    FULL,
    /** It has a format that only a newer version understands. */
    NEWER,
    /** There is no cache. */
    MISSING,
    /** What should be pinned is larger than the cache. */
    TOO_LARGE
  }

  private final Kind kind;

  CacheException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
