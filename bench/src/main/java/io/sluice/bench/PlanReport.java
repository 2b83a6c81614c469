package io.sluice.bench;

import io.sluice.bench.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What an upload of very many bytes had taken after a tenth of its parts, after half of them and at
 * the end: what grows with the number of parts shows here. Pure.
 *
 * @param name of the plan
 * @param samples in the order of time, with parts from 1 on
 */
record PlanReport(String name, List<Sample> samples) {
  private static final double MIB = 1 << 20;
  // A collection more or less; numbers that become a digit longer.
  private static final double MEMORY_GROWTH = 1.1;
  private static final double STATE_GROWTH = 1.25;

  /** Below it each of the three moments would be the same one or two looks. */
  private static final int FEWEST = 10;

  PlanReport {
    samples = List.copyOf(samples);
  }

  /**
   * One look.
   *
   * @param nanos since the first request
   * @param parts that have come
   * @param bytes that have come
   * @param stateBytes what is in the directory of the state file
   * @param writtenBytes what the process has made the kernel write to disks so far, also what was
   *     written over or deleted since
   */
  record Sample(
      long nanos, long parts, long bytes, Usage usage, long stateBytes, long writtenBytes) {}

  /** Of all parts, the moment at which this share had come. */
  private Optional<Sample> at(double share) {
    if (samples.size() < FEWEST) return Optional.empty();
    double parts = samples.getLast().parts() * share;
    return samples.stream().filter(sample -> sample.parts() >= parts).findFirst();
  }

  String text() {
    return name + "\n\n" + table().text() + "\n" + new Table(goalCells()).text();
  }

  private List<List<Cell>> goalCells() {
    return goals().stream().map(Goal::cells).toList();
  }

  private Table table() {
    List<List<Cell>> lines = new ArrayList<>();
    for (double share : List.of(0.1, 0.5, 1.0))
      at(share).ifPresent(sample -> lines.add(cells(share, sample)));
    return new Table(lines);
  }

  private static List<Cell> cells(double share, Sample sample) {
    double seconds = sample.nanos() / 1e9;
    return List.of(
        cell("% of parts", 0, share * 100),
        cell("parts", 0, (double) sample.parts()),
        cell("GiB", 1, sample.bytes() / MIB / 1024),
        cell("s", 0, seconds),
        cell("MB/s", 0, sample.bytes() / 1e6 / seconds),
        cell("CPU s/GB", 2, sample.usage().cpuSeconds() / (sample.bytes() / 1e9)),
        cell("peak RSS MiB", 0, sample.usage().peakRssBytes() / MIB),
        cell("state bytes", 0, (double) sample.stateBytes()),
        cell("state bytes per part", 0, (double) sample.stateBytes() / sample.parts()),
        cell("written KiB per part", 1, sample.writtenBytes() / 1024.0 / sample.parts()));
  }

  private static Cell cell(String column, int digits, double value) {
    return new Cell(column, String.format(Locale.ROOT, "%." + digits + "f", value));
  }

  List<Goal> goals() {
    return List.of(
        Goal.most(
            "peak RSS, at the end by after a tenth",
            by(at(1).map(PlanReport::peak), at(0.1).map(PlanReport::peak)),
            MEMORY_GROWTH),
        Goal.most(
            "state bytes per part, second half by first", growth(Sample::stateBytes), STATE_GROWTH),
        Goal.most(
            "written per part, second half by first", growth(Sample::writtenBytes), STATE_GROWTH));
  }

  private static double peak(Sample sample) {
    return sample.usage().peakRssBytes();
  }

  /** What each part has added in the second half, by that in the first without its first tenth. */
  private OptionalDouble growth(ToDoubleFunction<Sample> figure) {
    return by(perPart(0.5, 1, figure), perPart(0.1, 0.5, figure));
  }

  private Optional<Double> perPart(double from, double to, ToDoubleFunction<Sample> figure) {
    if (at(from).isEmpty() || at(to).isEmpty()) return Optional.empty();
    Sample first = at(from).get();
    Sample last = at(to).get();
    return Optional.of(
        (figure.applyAsDouble(last) - figure.applyAsDouble(first))
            / (last.parts() - first.parts()));
  }

  private static OptionalDouble by(Optional<Double> figure, Optional<Double> reference) {
    return figure.isPresent() && reference.isPresent() && reference.get() > 0
        ? OptionalDouble.of(figure.get() / reference.get())
        : OptionalDouble.empty();
  }
}
