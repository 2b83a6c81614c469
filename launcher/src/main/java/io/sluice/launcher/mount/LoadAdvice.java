package io.sluice.launcher.mount;

import io.sluice.launcher.cli.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** What would have made a load faster, told from its figures; pure. */
final class LoadAdvice {
  private static final int MOST_PARALLEL = 256;

  /** Less than this is over before anything could help. */
  private static final double WORTH_SECONDS = 1;

  /** Nearly all requests that may be in flight: some are always between two spans. */
  private static final double NEARLY_ALL = 0.8;

  /** What the kernel starts with. */
  private static final int USUAL_READ_AHEAD_KB = 128;

  private static final long MUCH = 64 << 20;

  /** A wait for less than this is a wait for the first byte, not for the rest. */
  private static final long LITTLE = 1 << 20;

  private static final long MANY = 100;

  private LoadAdvice() {}

  /** A line each, the most important first; none where nothing would help. */
  static List<String> of(LoadReport report) {
    List<String> advice = new ArrayList<>();
    if (isSlowedDown(report)) advice.add(slowDowns(report));
    if (isStarved(report)) advice.add(parallelism(report));
    if (isBypassed(report)) advice.add(bypass(report));
    if (isWaitingForFirstBytes(report)) advice.add(firstBytes(report));
    if (isReadAheadSmall(report)) advice.add(readAhead(report));
    if (isLookingUp(report)) advice.add(lookups(report));
    if (report.cache().damagedBlocks() > 0) advice.add(damage(report));
    return advice;
  }

  private static boolean isSlowedDown(LoadReport report) {
    return report.requests().slowDowns() > 0;
  }

  private static String slowDowns(LoadReport report) {
    return "the store asked %d times for fewer requests (503): lower --parallelism, or spread the keys over more prefixes"
        .formatted(report.requests().slowDowns());
  }

  private static boolean isWaited(LoadReport report) {
    return report.waiting().seconds() >= WORTH_SECONDS && report.waiting().share() >= 0.5;
  }

  private static boolean isStarved(LoadReport report) {
    LoadReport.Load load = report.load();
    return !isSlowedDown(report)
        && isWaited(report)
        && load.seconds() >= WORTH_SECONDS
        && load.parallelism() < MOST_PARALLEL
        && load.inFlight() >= NEARLY_ALL * load.parallelism();
  }

  private static String parallelism(LoadReport report) {
    int now = report.load().parallelism();
    return "readers waited while all %d requests were in flight: --parallelism %d"
        .formatted(now, Math.min(MOST_PARALLEL, 2 * now));
  }

  private static boolean isBypassed(LoadReport report) {
    return report.bytes().bypassed() * 100 > report.bytes().network();
  }

  private static String bypass(LoadReport report) {
    LoadReport.Cache cache = report.cache();
    boolean isFull = cache.bound() - cache.used() < Math.max(MUCH, cache.bound() / 20);
    return isFull
        ? "%s were not kept, the cache is full: raise --cache-size, or free some of the disk of %s"
            .formatted(size(report.bytes().bypassed()), report.mount().dataDir())
        : "%s were not kept though there is room: the disk of %s is too slow or fails, choose another --data-dir"
            .formatted(size(report.bytes().bypassed()), report.mount().dataDir());
  }

  private static boolean isWaitingForFirstBytes(LoadReport report) {
    long waits = report.waiting().waits();
    return isWaited(report) && waits >= MANY && report.bytes().network() / waits < LITTLE;
  }

  private static String firstBytes(LoadReport report) {
    return "%d reads waited, for little each: fill the cache before with 'sluice warm', or follow a --record of this load with --profile"
        .formatted(report.waiting().waits());
  }

  private static boolean isReadAheadSmall(LoadReport report) {
    int now = report.mount().readAheadKb(); // 0 before it is mounted
    return now > 0 && now <= USUAL_READ_AHEAD_KB;
  }

  private static String readAhead(LoadReport report) {
    return "the kernel reads ahead by %d KiB only, which makes mmap slow; as root: %s"
        .formatted(report.mount().readAheadKb(), report.mount().readAheadCommand());
  }

  private static boolean isLookingUp(LoadReport report) {
    long lookups = report.requests().heads() + report.requests().lists();
    return lookups >= 10 * MANY && lookups > 2 * report.requests().gets();
  }

  private static String lookups(LoadReport report) {
    return "%d HEADs and %d LISTs for names and sizes: raise --metadata-ttl (from 1h on, opens do not ask either)"
        .formatted(report.requests().heads(), report.requests().lists());
  }

  private static String damage(LoadReport report) {
    return "%d blocks of the cache were damaged and fetched again: check the disk of %s"
        .formatted(report.cache().damagedBlocks(), report.mount().dataDir());
  }

  private static String size(long bytes) {
    return new ByteSize(bytes).toString();
  }
}
