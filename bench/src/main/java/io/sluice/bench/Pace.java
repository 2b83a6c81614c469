package io.sluice.bench;

/**
 * When the next bytes of a body may leave, so that a body of {@code n} bytes takes {@code n /
 * bytesPerSecond} however late the sender wakes up.
 *
 * <p>The schedule is absolute, so that late wake-ups do not add up: with 100 bytes per second from
 * time 0, bytes 100 to 150 are due at 1.5 s even where bytes 0 to 100 left at 1.2 s. What a sender
 * may catch up on is bounded by {@link #GRACE_NANOS}: a reader that did not read for a second has
 * lost that second, as it would on a real network.
 *
 * @param bytesPerSecond the bandwidth
 * @param startNanos when the first byte may leave
 * @param sent bytes that left since
 */
record Pace(long bytesPerSecond, long startNanos, long sent) {
  /** The buffers of a connection: 4 MB at 80 MB/s. */
  static final long GRACE_NANOS = 50_000_000;

  private static final long SECOND = 1_000_000_000;

  static Pace from(long startNanos, long bytesPerSecond) {
    return new Pace(bytesPerSecond, startNanos, 0);
  }

  /** The moment at which the last of the next {@code bytes} may leave. */
  long due(long bytes) {
    long total = sent + bytes;
    // Whole seconds apart, since bytes * 10^9 overflows at 9.2 GB.
    return startNanos
        + total / bytesPerSecond * SECOND
        + total % bytesPerSecond * SECOND / bytesPerSecond;
  }

  /** The schedule after {@code bytes} have left at {@code now}. */
  Pace after(long bytes, long now) {
    long lost = Math.max(0, now - due(bytes) - GRACE_NANOS);
    return new Pace(bytesPerSecond, startNanos + lost, sent + bytes);
  }
}
