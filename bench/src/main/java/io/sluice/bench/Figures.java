package io.sluice.bench;

import io.sluice.bench.Scenario.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the rows of a run say about each other. Pure.
 *
 * @param plain the runs of the baseline
 * @param measured the scenarios, ours and those of other programs
 */
record Figures(List<Measurement> plain, List<Measurement> measured) {
  private static final double MIB = 1 << 20;

  Figures {
    plain = List.copyOf(plain);
    measured = List.copyOf(measured);
  }

  /** All of our own rows that came to something. */
  Stream<Measurement> ours() {
    return measured.stream().filter(row -> !row.isOfAPeer() && row.isRight());
  }

  /** Our row of that scenario; empty where it was not asked for, or failed. */
  Optional<Measurement> row(Scenario scenario) {
    return ours().filter(row -> row.scenario() == scenario).findFirst();
  }

  /** A figure of one row. */
  OptionalDouble of(Scenario scenario, ToDoubleFunction<Measurement> figure) {
    return row(scenario).stream().mapToDouble(figure).findFirst();
  }

  /** A figure of one row by that of another. */
  OptionalDouble share(
      Scenario scenario, Scenario reference, ToDoubleFunction<Measurement> figure) {
    OptionalDouble whole = of(reference, figure);
    return whole.isPresent() && whole.getAsDouble() > 0
        ? of(scenario, row -> figure.applyAsDouble(row) / whole.getAsDouble())
        : OptionalDouble.empty();
  }

  /** MB/s of the best plain GETs; 0 where there were none. */
  double bestPlain() {
    return plain.stream()
        .filter(Measurement::isRight)
        .mapToDouble(row -> row.read().megabytesPerSecond())
        .max()
        .orElse(0);
  }

  OptionalDouble ofPlain(Scenario scenario) {
    double best = bestPlain();
    return best > 0
        ? of(scenario, row -> row.read().megabytesPerSecond() / best)
        : OptionalDouble.empty();
  }

  /** MB/s of the same pattern with the bytes elsewhere; 0 where that was not measured. */
  double reference(Scenario scenario, State state) {
    return ours()
        .filter(other -> other.scenario().state() == state)
        .filter(other -> other.scenario().pattern() == scenario.pattern())
        .mapToDouble(other -> other.read().megabytesPerSecond())
        .max()
        .orElse(0);
  }

  /** Bytes that left the server, by those that had to. */
  static double fetchedByNeeded(Measurement row) {
    return (double) row.cost().counts().bodyBytes() * row.scenario().copies() / row.read().bytes();
  }

  static double peakMebibytes(Measurement row) {
    return row.cost().usage().peakRssBytes() / MIB;
  }

  /** Peak RSS with 64 threads, less that with one, in MiB. */
  OptionalDouble growth() {
    OptionalDouble one = of(Scenario.SEQ, Figures::peakMebibytes);
    return one.isPresent()
        ? of(Scenario.THREADS, row -> peakMebibytes(row) - one.getAsDouble())
        : OptionalDouble.empty();
  }
}
