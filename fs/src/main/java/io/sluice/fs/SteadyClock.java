package io.sluice.fs;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Starts at the time of day and then only goes on as time passes. A node that has just booted sets
 * its clock at any moment; what is known must not live an hour longer for it.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start = Instant.now();
  private final long nanosAtStart = System.nanoTime();

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - nanosAtStart);
  }
}
