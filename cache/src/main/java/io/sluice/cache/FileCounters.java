package io.sluice.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a cache counts for one file, and with it for all of them. Cheap enough for the read path.
 */
final class FileCounters {
  private final String key;
  private final CacheCounters all;
  private final LongAdder served = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();

  /** How often it is open; its table's to change. */
  int opens;

  FileCounters(String key, CacheCounters all) {
    this.key = key;
    this.all = all;
  }

  String key() {
    return key;
  }

  /** A reader got so many bytes, in so much time, its waiting included. */
  void read(long bytes, long nanos) {
    served.add(bytes);
    all.served.add(bytes);
    all.reads.increment();
    all.readNanos.add(nanos);
  }

  void waited(long nanos) {
    waitedNanos.add(nanos);
    all.waits.increment();
    all.waitedNanos.add(nanos);
  }

  void bypassed(long bytes) {
    all.bypassed.add(bytes);
  }

  void verified() {
    all.verifiedBlocks.increment();
  }

  void damaged() {
    all.damagedBlocks.increment();
  }

  FileFigure figure() {
    return new FileFigure(key, served.sum(), waitedNanos.sum());
  }
}
