package io.sluice.cache.profile;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when it is told to. */
final class Ticks implements InstantSource {
  static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private volatile Instant now = START;

  void pass(long millis) {
    now = now.plusMillis(millis);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
