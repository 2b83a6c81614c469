package io.sluice.bench;

import io.sluice.bench.Scenario.State;
import io.sluice.bench.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a run should come to, and what it came to. Pure.
 *
 * @param figure absent where the row was not measured, or failed
 * @param most whether {@code bound} is the most that it may be; else the least
 */
record Goal(String name, OptionalDouble figure, double bound, boolean most) {
  private static final List<Scenario> LOADS =
      List.of(
          Scenario.SEQ, Scenario.FOUR_FILES, Scenario.THREADS, Scenario.STRIDES, Scenario.MAPPED);

  private static final double OF_PLAIN = 0.90;
  // Every fault of a mapping is a round trip through the kernel of 128 KiB at most.
  private static final double OF_PLAIN_MAPPED = 0.85;

  /** All of them, in the order of the table. */
  static List<Goal> of(Figures figures) {
    List<Goal> goals = new ArrayList<>();
    for (Scenario load : LOADS) {
      double bound = load == Scenario.MAPPED ? OF_PLAIN_MAPPED : OF_PLAIN;
      goals.add(least(load.word() + ", of plain", figures.ofPlain(load), bound));
    }
    for (Scenario load : LOADS)
      goals.add(
          most(
              load.word() + ", CPU s/GB",
              figures.of(load, Measurement::cpuSecondsPerGigabyte),
              1.2));
    var fetched = figures.of(Scenario.MANY_MOUNTS, Figures::fetchedByNeeded);
    goals.add(most("many-mounts, fetched/needed", fetched, 1.01));
    random(figures, goals);
    goals.add(
        least(
            "over-cache, speed of seq",
            figures.share(
                Scenario.OVER_CACHE, Scenario.SEQ, row -> row.read().megabytesPerSecond()),
            0.9));
    goals.add(
        least(
            "warm-small, of plain-small",
            figures.share(
                Scenario.WARM_SMALL, Scenario.PLAIN_SMALL, row -> row.read().megabytesPerSecond()),
            0.8));
    goals.add(
        least(
            "slow-disk, of no-disk",
            figures.share(
                Scenario.SLOW_DISK, Scenario.NO_DISK, row -> row.read().megabytesPerSecond()),
            0.8));
    var peak =
        figures
            .ours()
            .filter(row -> row.scenario().state() != State.MEMORY)
            .filter(row -> row.scenario().state() != State.PLAIN)
            .mapToDouble(Figures::peakMebibytes)
            .max();
    goals.add(most("peak RSS MiB, of all rows", peak, 256));
    goals.add(most("peak RSS MiB, 64 readers more than 1", figures.growth(), 32));
    return goals;
  }

  private static void random(Figures figures, List<Goal> goals) {
    goals.add(
        most(
            "random, fetched/needed", figures.of(Scenario.RANDOM, Figures::fetchedByNeeded), 1.15));
    goals.add(
        most(
            "random, GETs per read",
            figures.of(
                Scenario.RANDOM, row -> (double) row.cost().counts().gets() / Pattern.RANDOM_READS),
            1));
    goals.add(
        most(
            "random, median of a plain GET's",
            figures.share(Scenario.RANDOM, Scenario.PLAIN_GET, row -> row.read().medianNanos()),
            1.2));
    goals.add(
        most(
            "random-4k, KiB fetched per read",
            figures.of(
                Scenario.RANDOM_4K,
                row ->
                    row.cost().counts().bodyBytes()
                        * Pattern.RANDOM_PAGES.readSize()
                        / 1024.0
                        / row.read().bytes()),
            128));
  }

  static Goal least(String name, OptionalDouble figure, double bound) {
    return new Goal(name, figure, bound, false);
  }

  static Goal most(String name, OptionalDouble figure, double bound) {
    return new Goal(name, figure, bound, true);
  }

  /** In words: met, missed, or not measured. */
  String verdict() {
    if (figure.isEmpty()) return "not measured";
    double value = figure.getAsDouble();
    return (most ? value <= bound : value >= bound) ? "met" : "missed";
  }

  List<Cell> cells() {
    return List.of(
        new Cell("goal", name),
        new Cell("wanted", (most ? "<= " : ">= ") + number(bound)),
        new Cell("figure", figure.isPresent() ? number(figure.getAsDouble()) : Table.NOTHING),
        new Cell("verdict", verdict()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
  }
}
