package io.sluice.bench;

import io.sluice.bench.Scenario.State;
import io.sluice.bench.Table.Cell;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a run beside what they are measured against: the best of the plain GETs, the
 * transport with its data in memory, the local file. Pure: measurements in, text out.
 *
 * @param facts about the run, by name: the machine, the dial, the sizes
 * @param plain the runs of the baseline
 * @param measured the scenarios, by name
 * @param notes what else is to be said, a line each
 */
record Report(
    Map<String, String> facts,
    List<Measurement> plain,
    List<Measurement> measured,
    List<String> notes) {
  private static final double MIB = 1 << 20;

  /** One line of facts, the table, what follows from it, the goals, and what went wrong. */
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
    String lines = lines().map(line -> line + "\n").collect(Collectors.joining());
    return head + "\n\n" + table().text() + "\n" + lines + "\n" + goals().text() + failures;
  }

  String json() {
    return Table.json(
        facts,
        new TreeMap<>(Map.of("rows", table(), "goals", goals())),
        new TreeMap<>(Map.of("notes", lines().toList())));
  }

  private Stream<Measurement> all() {
    return Stream.concat(plain.stream(), measured.stream());
  }

  private Figures figures() {
    return new Figures(plain, measured);
  }

  private Table table() {
    Figures figures = figures();
    List<List<Cell>> rows = new ArrayList<>();
    for (Measurement row : plain) rows.add(cells(row, Shown.of(row), Beside.baseline(figures)));
    for (Measurement row : measured) {
      Shown shown = Shown.of(row, row.scenario());
      rows.add(cells(row, shown, Beside.of(row.scenario(), shown, figures)));
    }
    return new Table(rows);
  }

  private Table goals() {
    return new Table(Goal.of(figures()).stream().map(Goal::cells).toList());
  }

  private Stream<String> lines() {
    var growth =
        figures().growth().stream().mapToObj("64 readers take %.0f MiB more than 1"::formatted);
    var slow =
        figures()
            .share(Scenario.SLOW_DISK, Scenario.NO_DISK, row -> row.read().megabytesPerSecond())
            .stream()
            .mapToObj("a slow disk is %.2f as fast as no disk"::formatted);
    return Stream.of(growth, slow, notes.stream()).flatMap(lines -> lines);
  }

  /** Which figures say something about a row: the speed of a single byte, say, does not. */
  private record Shown(boolean done, boolean speed, boolean cold, boolean remote, boolean random) {
    /** Read from the store, as plain GETs of the large file are. */
    private static final Set<State> COLD =
        EnumSet.of(State.COLD, State.BOUNDED, State.SLOW_DISK, State.NO_DISK);

    static Shown of(Measurement baseline) {
      boolean done = baseline.read().nanos() > 0;
      return new Shown(done, done, done, done, false);
    }

    static Shown of(Measurement row, Scenario scenario) {
      boolean done = row.read().nanos() > 0;
      boolean speed = done && scenario.pattern() != Pattern.FIRST;
      boolean random = done && scenario.pattern().isRandom();
      boolean local = scenario.state() == State.MEMORY || scenario.state() == State.LOCAL;
      boolean cold = speed && !random && COLD.contains(scenario.state());
      return new Shown(done, speed, cold, done && !local, random);
    }
  }

  /** What a row's speed, or the time of one of its reads, is divided by; 0 for nothing. */
  private record Beside(double plain, double memory, double local, double getNanos, int copies) {
    private static final Set<State> WARM =
        EnumSet.of(State.REMOUNTED, State.HOT, State.MEMORY, State.LOCAL);

    static Beside baseline(Figures figures) {
      return new Beside(figures.bestPlain(), 0, 0, 0, 1);
    }

    static Beside of(Scenario scenario, Shown shown, Figures figures) {
      boolean warm = shown.speed() && WARM.contains(scenario.state());
      double small =
          scenario == Scenario.WARM_SMALL
              ? figures.of(Scenario.PLAIN_SMALL, row -> row.read().megabytesPerSecond()).orElse(0)
              : 0;
      double get =
          scenario.pattern() == Pattern.RANDOM
              ? figures.of(Scenario.PLAIN_GET, row -> row.read().medianNanos()).orElse(0)
              : 0;
      return new Beside(
          shown.cold() ? figures.bestPlain() : small,
          warm ? figures.reference(scenario, State.MEMORY) : 0,
          warm ? figures.reference(scenario, State.LOCAL) : 0,
          get,
          scenario.copies());
    }
  }

  private static List<Cell> cells(Measurement row, Shown shown, Beside beside) {
    Usage usage = row.cost().usage();
    var counts = row.cost().counts();
    boolean served = shown.done() && usage.peakRssBytes() > 0;
    boolean several = usage.sumRssBytes() > usage.peakRssBytes();
    double speed = row.read().megabytesPerSecond();
    double needed = (double) row.read().bytes() / beside.copies();
    return List.of(
        new Cell("case", row.name()),
        cell("s", shown.done(), 3, row.read().seconds()),
        cell("MB/s", shown.speed(), 0, speed),
        share("of plain", shown.speed(), speed, beside.plain()),
        share("of memory", shown.speed(), speed, beside.memory()),
        share("of local", shown.speed(), speed, beside.local()),
        cell("median ms", shown.random(), 1, row.read().medianNanos() / 1e6),
        share("x plain GET", shown.random(), (double) row.read().medianNanos(), beside.getNanos()),
        cell("fetched MiB", shown.remote(), 1, counts.bodyBytes() / MIB),
        cell("fetched/needed", shown.remote() && shown.speed(), 3, counts.bodyBytes() / needed),
        cell("GET", shown.remote(), 0, (double) counts.gets()),
        cell("HEAD", shown.remote(), 0, (double) counts.heads()),
        cell("LIST", shown.remote(), 0, (double) counts.lists()),
        cell("in flight", shown.remote(), 0, counts.maxInFlight()),
        cell("CPU s/GB", served && shown.speed(), 2, row.cpuSecondsPerGigabyte()),
        cell("user s", served, 2, usage.userSeconds()),
        cell("system s", served, 2, usage.systemSeconds()),
        cell("peak RSS MiB", served, 0, usage.peakRssBytes() / MIB),
        cell("sum RSS MiB", served && several, 0, usage.sumRssBytes() / MIB),
        cell("on disk MiB", row.cost().diskBytes() > 0, 0, row.cost().diskBytes() / MIB),
        cell("ready ms", row.cost().readyNanos() > 0, 0, row.cost().readyNanos() / 1e6),
        new Cell("bytes", row.isRight() ? Measurement.RIGHT : shown.done() ? "WRONG" : "failed"));
  }

  private static Cell share(String column, boolean shown, double value, double reference) {
    return cell(column, shown && reference > 0, 2, value / reference);
  }

  private static Cell cell(String column, boolean shown, int digits, double value) {
    return new Cell(
        column, shown ? String.format(Locale.ROOT, "%." + digits + "f", value) : Table.NOTHING);
  }
}
