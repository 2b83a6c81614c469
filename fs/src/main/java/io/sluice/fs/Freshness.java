package io.sluice.fs;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long an answer of the store may be repeated. Counted from when the question was put, not from
 * when the answer came: what was true then may have changed while it was under way.
 */
final class Freshness {
  private final InstantSource clock;
  private final Instant start;
  private final long ttlNanos;

  Freshness(InstantSource clock, Duration ttl) {
    this.clock = clock;
    this.start = clock.instant();
    this.ttlNanos = ttl.toNanos();
  }

  /** When this began, by the time of day. */
  Instant start() {
    return start;
  }

  /** Nanoseconds since {@link #start()}. */
  long now() {
    return Duration.between(start, clock.instant()).toNanos();
  }

  boolean isFresh(long askedAt) {
    return now() - askedAt < ttlNanos;
  }

  /** Whether an answer may be given to more than the one who asked. */
  boolean allowsSharing() {
    return ttlNanos > 0;
  }

  /** A cache that drops what is stale; whoever reads it still asks {@link #isFresh}. */
  Caffeine<Object, Object> cache() {
    return Caffeine.newBuilder()
        .ticker(this::now)
        .expireAfterWrite(Duration.ofNanos(ttlNanos))
        // Housekeeping takes microseconds: no reason for a pool of threads.
        .executor(Runnable::run);
  }
}
