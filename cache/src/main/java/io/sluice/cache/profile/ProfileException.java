package io.sluice.cache.profile;

import org.jspecify.annotations.Nullable;

/** A profile cannot be read or written; the message says why and what to do, in one line. */
public final class ProfileException extends Exception {
  private static final long serialVersionUID = 1L;

  ProfileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
