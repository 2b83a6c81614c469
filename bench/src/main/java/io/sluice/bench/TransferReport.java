package io.sluice.bench;

import io.sluice.bench.Table.Cell;
import io.sluice.bench.TransferRun.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of {@code bench/transfers}, what is wanted of them, and what went wrong. Pure:
 * measurements in, text out.
 *
 * @param facts about the run, by name
 * @param megabytesPerSecond of one connection
 */
record TransferReport(Map<String, String> facts, int megabytesPerSecond, List<Row> rows) {
  private static final double MIB = 1 << 20;

  // At 8 connections; "beside s3gof3r" means half of the 250 and 450 MB that it says it takes.
  private static final double OF_RATES = 0.9;
  private static final double PUT_MEBIBYTES = 125;
  private static final double GET_MEBIBYTES = 225;
  private static final double OF_A_QUARTER = 1.1;

  /**
   * A row, with the runs that it had so far.
   *
   * @param failure why it has no figures; what has failed once is not run again
   */
  record Row(TransferCase kind, Shape shape, List<TransferRun> runs, Optional<String> failure) {
    Row {
      runs = List.copyOf(runs);
    }

    /** Not run yet. */
    Row(TransferCase kind, Shape shape) {
      this(kind, shape, List.of(), Optional.empty());
    }

    Row with(TransferRun run) {
      return new Row(kind, shape, Stream.concat(runs.stream(), Stream.of(run)).toList(), failure);
    }

    Row failed(String why) {
      return new Row(kind, shape, runs, Optional.of(why));
    }

    String name() {
      return kind.kind() == TransferCase.Kind.MEMORY
          ? kind.word()
          : kind.word() + ", " + shape.mebibytes() + " MiB";
    }

    /** Whether all of its runs were finished, with all bytes right. */
    boolean isRight() {
      return failure.isEmpty() && !runs.isEmpty();
    }

    /** The middle one by size; a row of which a run failed has none. */
    OptionalDouble median(ToDoubleFunction<TransferRun> figure) {
      double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
      return isRight() ? OptionalDouble.of(sorted[sorted.length / 2]) : OptionalDouble.empty();
    }
  }

  boolean isRight() {
    return rows.stream().allMatch(Row::isRight);
  }

  /** One line of facts, the table, the goals, and what went wrong. */
  String text() {
    String head =
        facts.entrySet().stream()
            .map(fact -> fact.getKey() + " " + fact.getValue())
            .collect(Collectors.joining(", "));
    String failures = failures().map(line -> "\n" + line + "\n").collect(Collectors.joining());
    return head + "\n\n" + table().text() + "\n" + goalTable().text() + failures;
  }

  String json() {
    return Table.json(
        facts,
        new TreeMap<>(Map.of("rows", table(), "goals", goalTable())),
        new TreeMap<>(Map.of("failures", failures().toList())));
  }

  private Stream<String> failures() {
    return rows.stream().flatMap(row -> row.failure().stream().map(why -> row.name() + ": " + why));
  }

  private Table table() {
    List<List<Cell>> lines = new ArrayList<>();
    for (Row row : rows) {
      OptionalDouble cpu = row.median(TransferRun::cpuSecondsPerGigabyte);
      lines.add(
          List.of(
              new Cell("case", row.name()),
              cell("s", 3, row.median(TransferRun::seconds)),
              cell("MB/s", 0, row.median(TransferRun::megabytesPerSecond)),
              cell("of the sum of rates", 3, ofRates(row)),
              cell("CPU s/GB", 3, cpu),
              cell("CPU of plain", 2, by(cpu, plainCpu(row))),
              cell("system s", 2, row.median(run -> run.usage().systemSeconds())),
              cell("peak heap MiB", 0, positive(row.median(run -> run.heap() / MIB))),
              cell("peak RSS MiB", 0, peak(row)),
              cell("GET", 0, positive(row.median(run -> run.counts().gets()))),
              cell("PUT", 0, positive(row.median(run -> run.counts().received().puts()))),
              cell("in flight", 0, row.median(run -> run.counts().maxInFlight())),
              cell("ready ms", 0, positive(row.median(run -> run.readyNanos() / 1e6))),
              new Cell("bytes", row.isRight() ? Measurement.RIGHT : "failed")));
    }
    return new Table(lines);
  }

  private OptionalDouble ofRates(Row row) {
    double rates = (double) row.shape().requests() * megabytesPerSecond;
    return by(row.median(TransferRun::megabytesPerSecond), OptionalDouble.of(rates));
  }

  /** Of the plain requests of the same ranges; memory rows have none. */
  private OptionalDouble plainCpu(Row row) {
    return rows.stream()
        .filter(other -> other.kind() == row.kind().plain() && other.shape().equals(row.shape()))
        .findFirst()
        .map(other -> other.median(TransferRun::cpuSecondsPerGigabyte))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble peak(Row row) {
    return row.median(run -> run.usage().peakRssBytes() / MIB);
  }

  List<Goal> goals() {
    return List.of(
        Goal.least("get-pipe, of the sum of rates", best(TransferCase.GET_PIPE), OF_RATES),
        Goal.least("put-pipe, of the sum of rates", best(TransferCase.PUT_PIPE), OF_RATES),
        Goal.most("get-memory, peak RSS MiB", peak(TransferCase.GET_MEMORY), GET_MEBIBYTES),
        Goal.most("put-memory, peak RSS MiB", peak(TransferCase.PUT_MEMORY), PUT_MEBIBYTES),
        Goal.most(
            "get-memory, RSS of that of a quarter",
            growth(TransferCase.GET_MEMORY, TransferCase.GET_MEMORY_QUARTER),
            OF_A_QUARTER),
        Goal.most(
            "put-memory, RSS of that of a quarter",
            growth(TransferCase.PUT_MEMORY, TransferCase.PUT_MEMORY_QUARTER),
            OF_A_QUARTER));
  }

  /** Absent where the quarter is over before all requests have had two ranges. */
  private OptionalDouble growth(TransferCase whole, TransferCase quarter) {
    Optional<Row> small = row(quarter);
    if (small.isEmpty()) return OptionalDouble.empty();
    Shape shape = small.get().shape();
    boolean isTelling = shape.size() >= 2L * shape.requests() * shape.rangeBytes();
    return isTelling ? by(peak(whole), peak(quarter)) : OptionalDouble.empty();
  }

  /** Of all sizes of a range that were tried. */
  private OptionalDouble best(TransferCase kind) {
    return rows.stream()
        .filter(row -> row.kind() == kind)
        .flatMapToDouble(row -> ofRates(row).stream())
        .max();
  }

  private OptionalDouble peak(TransferCase kind) {
    Optional<Row> found = row(kind);
    return found.isPresent() ? peak(found.get()) : OptionalDouble.empty();
  }

  private Optional<Row> row(TransferCase kind) {
    return rows.stream().filter(row -> row.kind() == kind).findFirst();
  }

  private Table goalTable() {
    return new Table(goals().stream().map(Goal::cells).toList());
  }

  private static OptionalDouble by(OptionalDouble figure, OptionalDouble reference) {
    return figure.isPresent() && reference.isPresent() && reference.getAsDouble() > 0
        ? OptionalDouble.of(figure.getAsDouble() / reference.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble positive(OptionalDouble figure) {
    return figure.orElse(0) > 0 ? figure : OptionalDouble.empty();
  }

  private static Cell cell(String column, int digits, OptionalDouble value) {
    return new Cell(
        column,
        value.isPresent()
            ? String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble())
            : Table.NOTHING);
  }
}
