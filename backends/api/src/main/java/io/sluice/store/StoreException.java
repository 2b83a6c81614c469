package io.sluice.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a store did not do as asked, by what the caller can do about it. An {@link IOException}, so
 * that a body can throw it from {@code read}. The message names the object and, where the store
 * gave one, the request id; it never holds a secret.
 */
public abstract sealed class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the same call may succeed a little later, with nothing changed on our side. */
  public boolean isRetryable() {
    return switch (this) {
      case Throttled _, Unavailable _ -> true;
      case NotFound _, Changed _, Conflict _, Denied _ -> false;
      case TooLarge _, RangeNotSatisfiable _, Unsupported _, Invalid _ -> false;
    };
  }

  /** No such object, or no such bucket. (404) */
  public static final class NotFound extends StoreException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The object is another version than the one asked for. (412) */
  public static final class Changed extends StoreException {
    private static final long serialVersionUID = 1L;

    public Changed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Somebody else is changing it at this moment. (409) */
  public static final class Conflict extends StoreException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Credentials missing, wrong or not enough. (401, 403) */
  public static final class Denied extends StoreException {
    private static final long serialVersionUID = 1L;

    public Denied(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The store asks us to slow down. (429, 503 SlowDown) */
  public static final class Throttled extends StoreException {
    private static final long serialVersionUID = 1L;

    public Throttled(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The store cannot be reached, does not answer in time, broke off, or failed. (5xx, network) */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Larger than the store takes. (413) */
  public static final class TooLarge extends StoreException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The range reaches beyond the object. (416) */
  public static final class RangeNotSatisfiable extends StoreException {
    private static final long serialVersionUID = 1L;

    public RangeNotSatisfiable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** This store does not offer that. */
  public static final class Unsupported extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The request itself is wrong: a bad key, a malformed answer, a wrong region. */
  public static final class Invalid extends StoreException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
