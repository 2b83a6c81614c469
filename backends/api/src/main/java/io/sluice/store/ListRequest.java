package io.sluice.store;

import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param prefix of the keys, byte for byte; empty for everything
 * @param delimiter where given (not empty), keys that contain it after the prefix are rolled up
 *     into {@link ListPage#prefixes()}
 * @param after the {@link ListPage#next()} of the page before; absent for the first page
 * @param maxKeys at most so many objects and prefixes together, 1 to 1000
 */
public record ListRequest(
    String prefix, Optional<String> delimiter, Optional<String> after, int maxKeys) {
  /** What a page holds at most; no store offers more. */
  public static final int MAX_KEYS = 1000;

  public ListRequest {
    if (maxKeys < 1 || maxKeys > MAX_KEYS)
      throw new IllegalArgumentException("maxKeys must be 1 to " + MAX_KEYS + ": " + maxKeys);
    if (delimiter.isPresent() && delimiter.get().isEmpty())
      throw new IllegalArgumentException("an empty delimiter: leave it out instead");
  }

  /** Every object below a prefix, however deep. */
  public static ListRequest everything(String prefix) {
    return new ListRequest(prefix, Optional.empty(), Optional.empty(), MAX_KEYS);
  }

  /** One level below a prefix, as a directory shows it. */
  public static ListRequest directory(String prefix) {
    return new ListRequest(prefix, Optional.of("/"), Optional.empty(), MAX_KEYS);
  }

  public ListRequest withMaxKeys(int count) {
    return new ListRequest(prefix, delimiter, after, count);
  }

  public ListRequest nextAfter(String token) {
    return new ListRequest(prefix, delimiter, Optional.of(token), maxKeys);
  }
}
