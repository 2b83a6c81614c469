package io.sluice.bench;

import io.sluice.bench.Scenario.State;
import io.sluice.bench.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a run beside what they are measured against: the best of the plain GETs, the
 * transport with its data in memory, the local file. Pure: measurements in, text out.
 *
 * @param facts about the run, by name: the machine, the dial, the sizes
 * @param plain the runs of the baseline
 * @param measured the scenarios, by name
 */
record Report(Map<String, String> facts, List<Measurement> plain, List<Measurement> measured) {

  /** One line of facts, the table, and what went wrong. */
  String text() {
    String head =
        facts.entrySet().stream()
            .map(fact -> fact.getKey() + " " + fact.getValue())
            .collect(Collectors.joining(", "));
    String failures =
        all()
            .filter(row -> !row.isRight())
            .map(row -> "\n" + row.name() + ": " + row.verdict() + "\n")
            .collect(Collectors.joining());
    return head + "\n\n" + table().text() + failures;
  }

  String json() {
    return table().json(facts);
  }

  private Stream<Measurement> all() {
    return Stream.concat(plain.stream(), measured.stream());
  }

  private Table table() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Measurement row : plain) rows.add(cells(row, Shown.of(row)));
    for (Measurement row : measured) rows.add(cells(row, Shown.of(row, Scenario.of(row.name()))));
    return new Table(rows);
  }

  /** Which figures say something about a row: the speed of a single byte, say, does not. */
  private record Shown(boolean done, boolean speed, boolean cold, boolean remote, boolean random) {
    static Shown of(Measurement baseline) {
      boolean done = baseline.read().nanos() > 0;
      return new Shown(done, done, done, done, false);
    }

    static Shown of(Measurement row, Scenario scenario) {
      boolean done = row.read().nanos() > 0;
      boolean speed = done && scenario.pattern() != Pattern.FIRST;
      boolean random = done && scenario.pattern() == Pattern.RANDOM;
      boolean remote =
          switch (scenario.state()) {
            case COLD, REMOUNTED, HOT -> done;
            case MEMORY, LOCAL -> false;
          };
      boolean cold = speed && !random && scenario.state() == State.COLD;
      return new Shown(done, speed, cold, remote, random);
    }
  }

  private List<Cell> cells(Measurement row, Shown shown) {
    boolean warm = shown.speed() && !shown.cold() && !shown.random();
    Usage usage = row.cost().usage();
    var counts = row.cost().counts();
    boolean served = shown.done() && usage.peakRssBytes() > 0;
    double bytes = counts.bodyBytes();
    return List.of(
        new Cell("case", row.name()),
        cell("s", shown.done(), 3, row.read().seconds()),
        cell("MB/s", shown.speed(), 0, row.read().megabytesPerSecond()),
        share("of plain", shown.cold(), row, bestPlain()),
        share("of memory", warm, row, warm ? reference(row, State.MEMORY) : 0),
        share("of local", warm, row, warm ? reference(row, State.LOCAL) : 0),
        cell("median ms", shown.random(), 1, row.read().medianNanos() / 1e6),
        cell("fetched MiB", shown.remote(), 1, bytes / (1 << 20)),
        cell("fetched/needed", shown.remote() && shown.speed(), 3, bytes / row.read().bytes()),
        cell("GET", shown.remote(), 0, (double) counts.gets()),
        cell("HEAD", shown.remote(), 0, (double) counts.heads()),
        cell("LIST", shown.remote(), 0, (double) counts.lists()),
        cell("in flight", shown.remote(), 0, counts.maxInFlight()),
        cell("CPU s/GB", served && shown.speed(), 2, row.cpuSecondsPerGigabyte()),
        cell("user s", served, 2, usage.userSeconds()),
        cell("system s", served, 2, usage.systemSeconds()),
        cell("peak RSS MiB", served, 0, usage.peakRssBytes() / (double) (1 << 20)),
        cell("ready ms", row.cost().readyNanos() > 0, 0, row.cost().readyNanos() / 1e6),
        new Cell("bytes", row.isRight() ? Measurement.RIGHT : shown.done() ? "WRONG" : "failed"));
  }

  private double bestPlain() {
    return plain.stream()
        .filter(Measurement::isRight)
        .mapToDouble(row -> row.read().megabytesPerSecond())
        .max()
        .orElse(0);
  }

  /** The speed of the same pattern with the bytes elsewhere; 0 where that was not measured. */
  private double reference(Measurement row, State state) {
    Pattern pattern = Scenario.of(row.name()).pattern();
    return measured.stream()
        .filter(Measurement::isRight)
        .filter(other -> Scenario.of(other.name()).state() == state)
        .filter(other -> Scenario.of(other.name()).pattern() == pattern)
        .mapToDouble(other -> other.read().megabytesPerSecond())
        .max()
        .orElse(0);
  }

  private static Cell share(String column, boolean shown, Measurement row, double reference) {
    return cell(column, shown && reference > 0, 2, row.read().megabytesPerSecond() / reference);
  }

  private static Cell cell(String column, boolean shown, int digits, double value) {
    return new Cell(
        column, shown ? String.format(Locale.ROOT, "%." + digits + "f", value) : Table.NOTHING);
  }
}
