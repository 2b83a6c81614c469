package io.sluice.bench;

import static io.sluice.bench.Bench.say;

import io.sluice.bench.Scenario.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All rows of one run, the baseline before and after them, and what is found out meanwhile. */
final class Run {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final BenchOptions options;
  private final Server server;
  private final Bucket bucket;
  private final Scratch scratch;

  private final List<Measurement> plain = new ArrayList<>();
  private final List<Measurement> measured = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Run(BenchOptions options, Server server, Bucket bucket, Scratch scratch) {
    this.options = options;
    this.server = server;
    this.bucket = bucket;
    this.scratch = scratch;
  }

  /** Measures everything that was asked for; whatever was measured is kept if it is interrupted. */
  void measure() throws IOException, InterruptedException {
    Baseline baseline = new Baseline(server, bucket, options.parallelism, scratch);
    for (Measurement run : baseline.run()) plain.add(said(run));
    var sluice = sluice();
    Measuring measuring = new Measuring(server, bucket, scratch, LIMIT);
    View.Source mounts = mounts(sluice);
    Runner runner = new Runner(measuring, mounts, new Small(measuring, mounts, sluice));
    for (Scenario scenario : options.wanted()) measured.add(repeated(runner, scenario));
    if (options.peers) peers(sluice);
    // Before and after, so that a machine that became faster meanwhile flatters nobody.
    for (Measurement run : baseline.run()) plain.add(said(run));
  }

  private Measurement repeated(Runner runner, Scenario scenario) throws InterruptedException {
    List<Measurement> runs = new ArrayList<>();
    for (int i = 0; i < options.repeat; i++) runs.add(said(runner.run(scenario)));
    return Measurement.median(runs);
  }

  private void peers(SluiceMounts sluice) throws IOException, InterruptedException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Measuring measuring = new Measuring(server, bucket, scratch, options.limit());
    List<String> missing = new ArrayList<>();
    for (Peer peer : Peer.values()) {
      if (Peer.find(peer.program(), path).isEmpty()) {
        if (!missing.contains(peer.program())) missing.add(peer.program());
        continue;
      }
      notes.add(peer.word() + " is " + peer.version(scratch.at("version.log")));
      var mounts = new PeerMounts(peer, server.endpoint(), options.parallelism, scratch);
      Runner runner = new Runner(measuring, mounts, new Small(measuring, mounts, sluice));
      for (Scenario scenario : options.wanted())
        if (scenario.isForPeers()) measured.add(said(runner.run(scenario).of(peer.word())));
    }
    if (!missing.isEmpty()) notes.add("not installed: " + String.join(", ", missing));
    notes.add(Peer.GCSFUSE + " is left out: it needs a GCS server, and this one speaks S3");
  }

  private SluiceMounts sluice() {
    return new SluiceMounts(
        options.program.toAbsolutePath(),
        server.endpoint(),
        options.parallelism,
        scratch,
        options.profiled);
  }

  private View.Source mounts(SluiceMounts sluice) throws IOException, InterruptedException {
    if (options.target.isPresent()) {
      Path directory = scratch.root().resolve(options.target.get()).resolve(Bucket.NAME);
      return _ -> View.of(directory);
    }
    if (!options.wanted().stream().allMatch(scenario -> scenario.state() == State.MEMORY))
      sluice.build();
    return sluice;
  }

  Report report() throws IOException {
    return new Report(facts(), List.copyOf(plain), List.copyOf(measured), List.copyOf(notes));
  }

  /** Whether every row of ours was finished, with the right bytes; other programs may fail. */
  boolean isRight() {
    return Stream.concat(plain.stream(), measured.stream().filter(row -> !row.isOfAPeer()))
        .allMatch(Measurement::isRight);
  }

  private Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", options.size);
    facts.put("parallelism", Integer.toString(options.parallelism));
    facts.put("latency ms", Integer.toString(options.latencyMillis));
    facts.put("MB/s per connection", Integer.toString(options.megabytesPerSecond));
    facts.put("repeat", Integer.toString(options.repeat));
    facts.put("small objects", Integer.toString(options.objects()));
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
}
