package io.sluice.cache;

import java.util.concurrent.atomic.LongAdder;

/** What a cache counts; cheap enough for the read path. Bytes unless named otherwise. */
final class CacheCounters {
  final LongAdder served = new LongAdder();
  final LongAdder fetched = new LongAdder();
  final LongAdder bypassed = new LongAdder();
  final LongAdder damagedBlocks = new LongAdder();
  final LongAdder waitedNanos = new LongAdder();

  CacheStatistics snapshot(long used) {
    return new CacheStatistics(
        served.sum(), fetched.sum(), bypassed.sum(), damagedBlocks.sum(), waitedNanos.sum(), used);
  }
}
