package io.sluice.cache;

import java.util.concurrent.atomic.LongAdder;

/** What a cache counts; cheap enough for the read path. Bytes unless named otherwise. */
final class CacheCounters {
  final LongAdder served = new LongAdder();
  final LongAdder fetched = new LongAdder();
  final LongAdder bypassed = new LongAdder();
  final LongAdder fetchedTwice = new LongAdder();
  final LongAdder hedges = new LongAdder();
  final LongAdder verifiedBlocks = new LongAdder();
  final LongAdder damagedBlocks = new LongAdder();
  final LongAdder reads = new LongAdder();
  final LongAdder readNanos = new LongAdder();
  final LongAdder waits = new LongAdder();
  final LongAdder waitedNanos = new LongAdder();

  CacheStatistics snapshot(long used, long bound) {
    return new CacheStatistics(
        served.sum(),
        fetched.sum(),
        bypassed.sum(),
        fetchedTwice.sum(),
        hedges.sum(),
        verifiedBlocks.sum(),
        damagedBlocks.sum(),
        reads.sum(),
        readNanos.sum(),
        waits.sum(),
        waitedNanos.sum(),
        used,
        bound);
  }
}
