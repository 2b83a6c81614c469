package io.sluice.bench;

/**
 * How far away and how wide the store is.
 *
 * @param latencyNanos what every request waits before the first byte of its answer
 * @param bytesPerSecond how fast the body of one answer comes; answers do not share it
 */
record Dial(long latencyNanos, long bytesPerSecond) {
  Dial {
    if (latencyNanos < 0) throw new IllegalArgumentException("negative latency: " + latencyNanos);
    if (bytesPerSecond < 1)
      throw new IllegalArgumentException("not a bandwidth: " + bytesPerSecond + " bytes/s");
  }
}
