package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import java.util.Comparator;
import java.util.List;

/**
 * What one row came to.
 *
 * @param name of the scenario, with the program before it where it is a peer's; or of the baseline
 * @param read {@link ReadResult#NONE} where it was not finished
 * @param verdict what the check of the bytes said, or why there is no result
 */
record Measurement(String name, ReadResult read, Cost cost, String verdict) {
  static final String RIGHT = "right";

  /**
   * What it has cost.
   *
   * @param usage of the serving process while the read went on; its peak since it was started
   * @param counts of the server, from the start of the read until nobody asked any more
   * @param readyNanos from the start of the process until it served
   * @param diskBytes the most that was in the data directory; 0 where nobody looked
   */
  record Cost(Usage usage, Counts counts, long readyNanos, long diskBytes) {
    static final Cost NONE = new Cost(Usage.NONE, Counts.NONE, 0);

    Cost(Usage usage, Counts counts, long readyNanos) {
      this(usage, counts, readyNanos, 0);
    }
  }

  Measurement withDisk(long bytes) {
    Cost more = new Cost(cost.usage(), cost.counts(), cost.readyNanos(), bytes);
    return new Measurement(name, read, more, verdict);
  }

  /** The same as measured of another program. */
  Measurement of(String program) {
    return new Measurement(program + " " + name, read, cost, verdict);
  }

  /** Whether it is of another program that mounts buckets. */
  boolean isOfAPeer() {
    return name.indexOf(' ') >= 0;
  }

  Scenario scenario() {
    return Scenario.of(name.substring(name.lastIndexOf(' ') + 1));
  }

  static Measurement failed(String name, String why) {
    return new Measurement(name, ReadResult.NONE, Cost.NONE, why);
  }

  boolean isRight() {
    return verdict.equals(RIGHT);
  }

  double cpuSecondsPerGigabyte() {
    return cost.usage().cpuSeconds() / (read.bytes() / 1e9);
  }

  /** The middle one of several runs by time; any failure among them is the result. */
  static Measurement median(List<Measurement> runs) {
    return runs.stream()
        .filter(run -> !run.isRight())
        .findFirst()
        .orElseGet(
            () ->
                runs.stream()
                    .sorted(Comparator.comparingLong(run -> run.read().nanos()))
                    .toList()
                    .get(runs.size() / 2));
  }
}
