package io.sluice.cache;

/**
 * How fast requests are as a rule, to tell one that is not: a moving average over those that ended
 * well. A second request for the rest of a straggler ("hedging", Dean and Barroso, The Tail at
 * Scale, 2013) is worth it where it would be there long before.
 *
 * @param firstByteNanos until the first block
 * @param bytesPerNano from the start to the end; 0 where no request has ended yet
 */
record Usual(double firstByteNanos, double bytesPerNano) {
  /** Of a store nobody has asked yet. */
  static final Usual UNKNOWN = new Usual(200e6, 0);

  /** Silence that is no silence yet: a busy machine, a collection, a server that thinks. */
  static final long PATIENCE_NANOS = 400_000_000L;

  private static final double WEIGHT = 1.0 / 8;

  /** A request of less says little about the pace. */
  private static final long TELLING = 1 << 20;

  /** The average with one more request, which has brought all it was to bring. */
  Usual after(Progress done) {
    double first = mixed(firstByteNanos, (double) (done.firstArrival() - done.begun()));
    if (done.all() < TELLING || done.rate() == 0) return new Usual(first, bytesPerNano);
    return new Usual(first, bytesPerNano == 0 ? done.rate() : mixed(bytesPerNano, done.rate()));
  }

  private static double mixed(double before, double now) {
    return before + WEIGHT * (now - before);
  }

  /** Whether a second request would bring the rest of this one much sooner. */
  boolean isStraggling(Progress request, long now) {
    if (now - request.silentSince() > Math.max(PATIENCE_NANOS, 6 * firstByteNanos)) return true;
    if (bytesPerNano == 0 || request.bytes() == 0) return false;
    if (now - request.begun() < 2 * PATIENCE_NANOS) return false;
    double pace = (double) request.bytes() / (now - request.begun());
    if (pace >= bytesPerNano / 4) return false;
    double again = firstByteNanos + request.left() / bytesPerNano;
    return request.left() / pace > 2 * again + PATIENCE_NANOS;
  }
}
