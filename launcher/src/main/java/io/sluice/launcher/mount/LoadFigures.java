package io.sluice.launcher.mount;

import io.sluice.cache.BlockCache;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.CacheStatistics;
import io.sluice.launcher.bucket.BucketConnection;
import io.sluice.launcher.bucket.LoadMeter;
import io.sluice.launcher.mount.LoadReport.FileLoad;
import io.sluice.store.CountingStore;
import java.util.List;
import java.util.function.LongSupplier;

/** Where the figures of a mount come from. Safe for use by many threads. */
final class LoadFigures {
  private static final int MOST_FILES = 50;
  private static final double NANOS = 1e9;

  private final MountRequest request;
  private final BucketConnection bucket;
  private final BlockCache cache;
  private final LongSupplier nanos;
  private final long started;
  private volatile KernelReading kernel = new KernelReading(0, "");

  /** How far the kernel reads ahead in this mount, in KiB, and what raises that. */
  private record KernelReading(int readAheadKb, String command) {}

  /**
   * Begins the mount's uptime.
   *
   * @param nanos a clock that only goes forward
   */
  LoadFigures(MountRequest request, BucketConnection bucket, BlockCache cache, LongSupplier nanos) {
    this.request = request;
    this.bucket = bucket;
    this.cache = cache;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /** From now on the kernel reads, and this far ahead. */
  void mounted(int readAheadKb, String command) {
    kernel = new KernelReading(readAheadKb, command);
  }

  /** What it is until now. */
  LoadReport report() {
    KernelReading reading = kernel;
    CacheStatistics cached = cache.statistics();
    CountingStore.Counts asked = bucket.counts();
    LoadMeter.Figures load = bucket.load();
    CacheSettings.Requests requests = request.cache().fetching().requests();
    double seconds = load.loadNanos() / NANOS;
    var report =
        new LoadReport(
            new LoadReport.Mount(
                request.bucket().address().toString(),
                request.mountPoint().toString(),
                request.cache().directory().toString(),
                ProcessHandle.current().pid(),
                (nanos.getAsLong() - started) / NANOS,
                reading.readAheadKb(),
                reading.command()),
            bytes(cached, asked),
            new LoadReport.Load(
                seconds,
                ratio((double) asked.bytes(), seconds),
                ratio(load.getNanos() / NANOS, seconds),
                requests.highest(),
                requests.isAdaptive()),
            new LoadReport.Waiting(
                cached.waitedNanos() / NANOS,
                Math.min(1, ratio((double) cached.waitedNanos(), (double) cached.readNanos())),
                cached.waits(),
                cached.reads()),
            new LoadReport.Requests(
                asked.gets(),
                asked.heads(),
                asked.lists(),
                load.retries(),
                load.slowDowns(),
                cached.hedges()),
            new LoadReport.Cache(
                cached.used(), cached.bound(), cached.verifiedBlocks(), cached.damagedBlocks()),
            cache.files(MOST_FILES).stream()
                .map(file -> new FileLoad(file.key(), file.served(), file.waitedNanos() / NANOS))
                .toList(),
            List.of());
    return report.withAdvice(LoadAdvice.of(report));
  }

  /** What was fetched was served once, or not at all: the rest of what was served was here. */
  private static LoadReport.Bytes bytes(CacheStatistics cached, CountingStore.Counts asked) {
    long fetchedOnce = cached.fetched() - cached.fetchedTwice();
    return new LoadReport.Bytes(
        cached.served(),
        asked.bytes(),
        Math.max(0, cached.served() - fetchedOnce),
        cached.bypassed(),
        cached.fetchedTwice());
  }

  private static double ratio(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }
}
