package io.sluice.fs;

import java.time.Duration;

/**
 * How a bucket is shown.
 *
 * @param prefix the part of the bucket that is the root: empty, or ending with "/" (added where it
 *     is missing); it is cut off every name
 * @param metadataTtl how long what the store said about names may be repeated without asking again;
 *     zero asks each time, {@link #FOREVER} never again
 * @param ownership whose the files are and what may be done with them
 * @param waitLimit how long a call waits for a request that another call has under way; the store
 *     bounds its own requests
 */
public record FsSettings(
    String prefix, Duration metadataTtl, Ownership ownership, Duration waitLimit) {
  /** Longer than any mount lives. */
  public static final Duration FOREVER = Duration.ofDays(36_500);

  /** From here on {@code open} believes what is known, too: the user says that nothing changes. */
  private static final Duration TRUSTED_BY_OPEN = Duration.ofHours(1);

  public FsSettings {
    if (prefix.startsWith("/"))
      throw new IllegalArgumentException("a prefix begins with a name, not with \"/\": " + prefix);
    if (prefix.indexOf('\0') >= 0) throw new IllegalArgumentException("a NUL in the prefix");
    if (!prefix.isEmpty() && !prefix.endsWith("/")) prefix += "/";
    if (metadataTtl.isNegative())
      throw new IllegalArgumentException("a negative metadata TTL: " + metadataTtl);
    if (metadataTtl.compareTo(FOREVER) > 0) metadataTtl = FOREVER;
    if (waitLimit.isNegative() || waitLimit.isZero())
      throw new IllegalArgumentException("a wait has to have a limit: " + waitLimit);
  }

  /** The whole bucket, metadata good for a minute. */
  public static FsSettings of(Ownership ownership) {
    return new FsSettings("", Duration.ofSeconds(60), ownership, Duration.ofMinutes(2));
  }

  public FsSettings withPrefix(String prefix) {
    return new FsSettings(prefix, metadataTtl, ownership, waitLimit);
  }

  public FsSettings withMetadataTtl(Duration metadataTtl) {
    return new FsSettings(prefix, metadataTtl, ownership, waitLimit);
  }

  public FsSettings withWaitLimit(Duration waitLimit) {
    return new FsSettings(prefix, metadataTtl, ownership, waitLimit);
  }

  /** Whether {@code open}, too, goes by what is known rather than by asking the store. */
  boolean openTrustsMetadata() {
    return metadataTtl.compareTo(TRUSTED_BY_OPEN) >= 0;
  }
}
