package io.sluice.bench;

import io.sluice.bench.Scenario.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a mount against plain GETs of the same store, in one run, and prints one table. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Mounts a bucket of a server with a dial, and reads it as loaders do.")
final class Bench implements Callable<Integer> {
  private static final int CLEANING_UP_SECONDS = 90;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "of the large file, as 512MiB or 2GiB (${DEFAULT-VALUE})")
  private String size = "2GiB";

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "GETs in flight, of the mount and of the baseline (${DEFAULT-VALUE})")
  private int parallelism = 8;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description = "which rows to measure; all of them by default, see bench/README.md")
  private List<Scenario> scenarios = List.of(Scenario.values());

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "runs of each row, of which the median is shown (${DEFAULT-VALUE})")
  private int repeat = 1;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "of the server, to the first byte (${DEFAULT-VALUE})")
  private int latencyMillis = 20;

  @Option(
      names = "--bandwidth",
      paramLabel = "MB/S",
      description = "of the server, of one connection (${DEFAULT-VALUE})")
  private int megabytesPerSecond = 80;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures there too")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--profile", description = "tells where the CPU of each mount went")
  private boolean profiled;

  @Option(
      names = "--target",
      paramLabel = "DIR",
      description = "reads below this directory and mounts nothing; \"served\" is the server's own")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "where files and mount points go (${DEFAULT-VALUE})")
  private Path work = Path.of("/var/tmp");

  @Option(
      names = "--sluice",
      paramLabel = "PROGRAM",
      required = true,
      description = "what to measure; bench/run knows it")
  private Path program = Path.of("sluice");

  public static void main(String[] args) {
    CountDownLatch done = new CountDownLatch(1);
    Thread running = Thread.currentThread();
    // Ctrl-C interrupts the run, which then unmounts, ends its children and deletes its files.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(running, done), "clean-up"));
    var command = new CommandLine(new Bench());
    command.registerConverter(Scenario.class, Scenario::of);
    // bench/run says which program; people may say another.
    command.setOverwrittenOptionsAllowed(true);
    int code = command.execute(args);
    done.countDown();
    System.exit(code);
  }

  /** What a hook does: ends a run, and waits until it has cleaned up. */
  static void interrupt(Thread running, CountDownLatch done) {
    running.interrupt();
    try {
      if (!done.await(CLEANING_UP_SECONDS, TimeUnit.SECONDS))
        System.err.println("gave up cleaning up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** 0 where every row was finished and every byte was right, else 1. */
  @Override
  public Integer call() throws IOException {
    Dial dial = new Dial(latencyMillis * 1_000_000L, megabytesPerSecond * 1_000_000L);
    try (Scratch scratch = Scratch.below(work);
        PageReporting reporting = PageReporting.hold()) {
      if (reporting.isHeld()) say("this machine keeps its free pages meanwhile");
      Bucket bucket = new Bucket(scratch.at("served"), ByteSize.of(size).bytes());
      say("writing " + size + " of content");
      bucket.create(scenarios.stream().map(Scenario::subject).collect(Collectors.toSet()));
      try (Server server = Server.start(bucket.root(), dial, scratch.at("server.log"))) {
        return report(server, bucket, scratch);
      }
    } catch (InterruptedException e) {
      say("interrupted");
      return 1;
    }
  }

  private int report(Server server, Bucket bucket, Scratch scratch)
      throws IOException, InterruptedException {
    List<Measurement> plain = new ArrayList<>();
    List<Measurement> measured = new ArrayList<>();
    try {
      measure(server, bucket, scratch, plain, measured);
    } finally {
      // An interrupted run tells what it knows.
      Report report = new Report(facts(server), plain, measured);
      System.out.print(report.text());
      if (json.isPresent()) Files.writeString(json.get(), report.json());
    }
    return Stream.concat(plain.stream(), measured.stream()).allMatch(Measurement::isRight) ? 0 : 1;
  }

  private void measure(
      Server server,
      Bucket bucket,
      Scratch scratch,
      List<Measurement> plain,
      List<Measurement> measured)
      throws IOException, InterruptedException {
    Runner runner = new Runner(server, bucket, scratch, mounts(server, scratch));
    Baseline baseline = new Baseline(server, bucket, parallelism, scratch);
    for (Measurement run : baseline.run()) plain.add(said(run));
    for (Scenario scenario : scenarios) {
      if (!isPossible(scenario)) continue;
      List<Measurement> runs = new ArrayList<>();
      for (int i = 0; i < repeat; i++) runs.add(said(runner.run(scenario)));
      measured.add(Measurement.median(runs));
    }
    // Before and after, so that a machine that became faster meanwhile flatters nobody.
    for (Measurement run : baseline.run()) plain.add(said(run));
  }

  private View.Source mounts(Server server, Scratch scratch)
      throws IOException, InterruptedException {
    if (target.isPresent()) {
      Path directory = scratch.root().resolve(target.get()).resolve(Bucket.NAME);
      return _ -> View.of(directory);
    }
    var mounts =
        new SluiceMounts(
            program.toAbsolutePath(), server.endpoint(), parallelism, scratch, profiled);
    if (!scenarios.stream().allMatch(scenario -> scenario.state() == State.MEMORY)) mounts.build();
    return mounts;
  }

  /** Without a mount there is no cache. */
  private boolean isPossible(Scenario scenario) {
    Set<State> ofMounts = EnumSet.of(State.REMOUNTED, State.HOT, State.LOCAL);
    return target.isEmpty() || !ofMounts.contains(scenario.state());
  }

  private Map<String, String> facts(Server server) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", size);
    facts.put("parallelism", Integer.toString(parallelism));
    facts.put("latency ms", Integer.toString(latencyMillis));
    facts.put("MB/s per connection", Integer.toString(megabytesPerSecond));
    facts.put("repeat", Integer.toString(repeat));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("kernel", Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    facts.put("java", Runtime.version().toString());
    // Near the number of processors or above: the machine was busy with something else, too.
    facts.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    facts.put("server CPU s", "%.1f".formatted(server.usage().cpuSeconds()));
    return facts;
  }

  private static Measurement said(Measurement run) {
    say("%s: %.3f s, %s".formatted(run.name(), run.read().seconds(), run.verdict()));
    return run;
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
  }
}
