package io.sluice.bench;

import io.sluice.bench.TransferReport.Row;
import io.sluice.bench.TransferRun.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures transfers beside plain GETs and PUTs of the same store, in one run. */
@Command(
    name = "bench/transfers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Moves an object from and to a server with a dial: streams, files, pipes.")
final class Transfers implements Callable<Integer> {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

  @Option(names = "--size", paramLabel = "SIZE", description = "of the object (${DEFAULT-VALUE})")
  private String size = "4GiB";

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "requests in flight, of all rows but the memory ones (${DEFAULT-VALUE})")
  private int parallelism = 8;

  @Option(
      names = "--ranges",
      split = ",",
      paramLabel = "MIB",
      description = "sizes of one GET or part, of which each is a row (${DEFAULT-VALUE})")
  private List<Integer> ranges = List.of(32);

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description = "which rows to measure; all of them by default, see bench/README.md")
  private List<String> cases = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "runs of each row, of which medians are shown (${DEFAULT-VALUE})")
  private int repeat = 3;

  @Option(
      names = "--plan",
      arity = "0..1",
      fallbackValue = "64GiB",
      paramLabel = "SIZE",
      description = "instead of all rows: uploads a hole of SIZE (${FALLBACK-VALUE}) in 64 MiB")
  private Optional<String> plan = Optional.empty();

  @Option(names = "--plan-parts", description = "instead of all rows: uploads 10,000 parts")
  private boolean planParts;

  @Option(names = "--latency", paramLabel = "MS", description = "as in bench/run")
  private int latencyMillis = 20;

  @Option(names = "--bandwidth", paramLabel = "MB/S", description = "as in bench/run")
  private int megabytesPerSecond = 80;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures there too")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--work", paramLabel = "DIR", description = "where files go (${DEFAULT-VALUE})")
  private Path work = Path.of("/var/tmp");

  @Option(
      names = "--sluice",
      paramLabel = "PROGRAM",
      required = true,
      description = "what to measure; bench/transfers knows it")
  private Path program = Path.of("sluice");

  public static void main(String[] args) {
    Bench.run(new Transfers(), args);
  }

  /** 0 where every row was finished and every byte was right, else 1. */
  @Override
  public Integer call() throws IOException {
    Bench.positive("--repeat", repeat);
    Bench.positive("--parallelism", parallelism);
    for (int range : ranges) Bench.positive("--ranges", range);
    if (plan.isPresent() || planParts) return plans();
    Dial dial = new Dial(latencyMillis * 1_000_000L, megabytesPerSecond * 1_000_000L);
    List<Row> rows = rows();
    try (Scratch scratch = Scratch.below(work);
        PageReporting _ = PageReporting.hold()) {
      Bucket bucket = new Bucket(scratch.at("served"), ByteSize.of(size).bytes(), 0);
      TransferRunner.create(bucket);
      if (rows.stream().anyMatch(row -> row.kind().kind() != TransferCase.Kind.CLIENT))
        build(scratch);
      try (Server server = Server.start(bucket.root(), dial, scratch.at("server.log"))) {
        var runner =
            new TransferRunner(server, bucket, scratch, program.toAbsolutePath(), largest(rows));
        return report(runner, rows, server);
      }
    } catch (InterruptedException e) {
      Bench.say("interrupted");
      return 1;
    }
  }

  /** 0 where all was sent, else 1. */
  private int plans() throws IOException {
    List<Plan> plans = new ArrayList<>();
    plan.ifPresent(bytes -> plans.add(new Plan(ByteSize.of(bytes).bytes(), 0)));
    if (planParts) plans.add(Plan.MOST_PARTS);
    try (Scratch scratch = Scratch.below(work)) {
      build(scratch);
      boolean isRight = true;
      for (Plan each : plans) isRight &= isSent(each, scratch);
      return isRight ? 0 : 1;
    } catch (InterruptedException e) {
      Bench.say("interrupted");
      return 1;
    }
  }

  private boolean isSent(Plan each, Scratch scratch) throws InterruptedException {
    try {
      System.out.println(each.run(program.toAbsolutePath(), scratch).text());
      return true;
    } catch (IOException e) {
      Bench.say(each.name() + " failed: " + String.valueOf(e.getMessage()).strip());
      return false;
    }
  }

  /** In the order of the table; memory rows once, whatever ranges there are. */
  private List<Row> rows() {
    List<TransferCase> wanted = cases.stream().map(TransferCase::of).toList();
    Set<Row> rows = new LinkedHashSet<>();
    for (TransferCase kind : TransferCase.values())
      for (int range : ranges)
        if (wanted.isEmpty() || wanted.contains(kind)) {
          Shape wish = new Shape(parallelism, range, ByteSize.of(size).bytes());
          rows.add(new Row(kind, kind.shape(wish)));
        }
    return List.copyOf(rows);
  }

  private static Shape largest(List<Row> rows) {
    int requests = rows.stream().mapToInt(row -> row.shape().requests()).max().orElse(1);
    int mebibytes = rows.stream().mapToInt(row -> row.shape().mebibytes()).max().orElse(1);
    return new Shape(requests, mebibytes, 0);
  }

  /** So that no row's time contains it. */
  private void build(Scratch scratch) throws IOException, InterruptedException {
    List<String> command = List.of(program.toAbsolutePath().toString(), "mount", "--help");
    try (Child child = Child.start(command, Map.of(), scratch.at("build.log"))) {
      child.awaitEnd(BUILD_LIMIT);
    }
  }

  private int report(TransferRunner runner, List<Row> wanted, Server server)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>(wanted);
    // One after the other, so that a machine that becomes busy is so for all of them.
    for (int i = 0; i < repeat; i++)
      for (int row = 0; row < rows.size(); row++) rows.set(row, run(runner, rows.get(row)));
    var report = new TransferReport(facts(server), megabytesPerSecond, rows);
    System.out.print(report.text());
    if (json.isPresent()) Files.writeString(json.get(), report.json());
    return report.isRight() ? 0 : 1;
  }

  private static Row run(TransferRunner runner, Row row) throws InterruptedException {
    if (row.failure().isPresent()) return row;
    try {
      TransferRun run = runner.run(row.kind(), row.shape());
      Bench.say("%s: %.3f s".formatted(row.name(), run.seconds()));
      return row.with(run);
    } catch (IOException e) {
      Bench.say(row.name() + ": failed");
      return row.failed(String.valueOf(e.getMessage()).strip());
    }
  }

  private Map<String, String> facts(Server server) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", size);
    facts.put("parallelism", Integer.toString(parallelism));
    facts.put("latency ms", Integer.toString(latencyMillis));
    facts.put("MB/s per connection", Integer.toString(megabytesPerSecond));
    facts.put("medians of", Integer.toString(repeat));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    facts.put("server CPU s", "%.1f".formatted(server.usage().cpuSeconds()));
    return facts;
  }
}
