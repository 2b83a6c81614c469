package io.sluice.launcher.mount;

import java.util.List;

/**
 * What a mount has done so far, in figures: what {@code sluice stats --json} prints. Sizes are in
 * bytes, times in seconds.
 *
 * @param advice what would have helped, a line each
 */
public record LoadReport(
    Mount mount,
    Bytes bytes,
    Load load,
    Waiting waiting,
    Requests requests,
    Cache cache,
    List<FileLoad> files,
    List<String> advice) {
  public LoadReport {
    files = List.copyOf(files);
    advice = List.copyOf(advice);
  }

  /**
   * Which mount it is.
   *
   * @param readAheadKb how far the kernel reads ahead, in KiB
   * @param readAheadCommand what raises that
   */
  record Mount(
      String bucket,
      String mountPoint,
      String dataDir,
      long pid,
      double uptime,
      int readAheadKb,
      String readAheadCommand) {}

  /**
   * Where bytes came from and where they went.
   *
   * @param served to readers
   * @param network of all bodies
   * @param cached of those served: at least so many were here before, or were read more than once
   * @param bypassed of those fetched: not kept
   * @param fetchedTwice of those fetched: brought by the slower of two requests for the same
   */
  public record Bytes(long served, long network, long cached, long bypassed, long fetchedTwice) {}

  /**
   * How fast it came.
   *
   * @param seconds in which anything was fetched
   * @param perSecond bytes in each of these
   * @param inFlight GETs at once, on the average of these
   * @param parallelism how many there may be, apart from those of readers that wait
   * @param isAuto whether that is found out, up to {@code parallelism}
   */
  public record Load(
      double seconds, double perSecond, double inFlight, int parallelism, boolean isAuto) {}

  /**
   * What it cost readers.
   *
   * @param seconds all readers together
   * @param share of the time their reads took, 0 to 1
   * @param waits reads that had to wait
   */
  public record Waiting(double seconds, double share, long waits, long reads) {}

  /**
   * What the store was asked.
   *
   * @param retries failures that were tried again, slow-downs included
   * @param slowDowns how often it asked for fewer requests (503)
   * @param hedges GETs made a second time because the first was slow
   */
  public record Requests(
      long gets, long heads, long lists, long retries, long slowDowns, long hedges) {}

  /**
   * What is kept.
   *
   * @param bound by {@code --cache-size} and the free space of the disk
   */
  record Cache(long used, long bound, long verifiedBlocks, long damagedBlocks) {}

  /**
   * One file.
   *
   * @param waited how long its readers did
   */
  public record FileLoad(String key, long served, double waited) {}

  LoadReport withAdvice(List<String> lines) {
    return new LoadReport(mount, bytes, load, waiting, requests, cache, files, lines);
  }
}
