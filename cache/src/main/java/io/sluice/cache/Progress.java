package io.sluice.cache;

/**
 * How far a request is. Times in nanoseconds of one clock; 0 is "not yet".
 *
 * @param begun when it was started
 * @param firstArrival when its first block had come
 * @param lastArrival when its last block so far had come
 * @param bytes that have come
 * @param all bytes that are to come
 */
record Progress(long begun, long firstArrival, long lastArrival, long bytes, long all) {
  long left() {
    return all - bytes;
  }

  /** Since when it waits for its next bytes. */
  long silentSince() {
    return lastArrival == 0 ? begun : lastArrival;
  }

  /** Bytes per nanosecond since its answer began; 0 where that cannot be said yet. */
  double rate() {
    long nanos = lastArrival - begun;
    return nanos <= 0 ? 0 : (double) bytes / nanos;
  }

  /**
   * Whether it will be over before a request that is sent now has its first byte, going by its own
   * first byte and pace: then the next one may be sent, so that the line is not silent in between.
   */
  boolean isEnding() {
    if (firstArrival == 0 || bytes == 0) return false;
    long receiving = lastArrival - firstArrival;
    if (receiving <= 0 && left() > 0) return false; // one block says nothing about the pace
    // The first block's time is mostly the way there and back.
    double nanosPerByte = (double) receiving / bytes;
    return left() * nanosPerByte <= firstArrival - begun;
  }
}
