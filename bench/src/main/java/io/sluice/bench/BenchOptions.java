package io.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a run of the benchmark is asked for. */
final class BenchOptions {
  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "of the large file, as 512MiB or 2GiB (${DEFAULT-VALUE})")
  String size = "2GiB";

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "GETs in flight, of the mount and of the baseline (${DEFAULT-VALUE})")
  int parallelism = 8;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description = "which rows to measure; all of them by default, see bench/README.md")
  List<Scenario> scenarios = List.of(Scenario.values());

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "runs of each row, of which the median is shown (${DEFAULT-VALUE})")
  int repeat = 1;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "of the server, to the first byte (${DEFAULT-VALUE})")
  int latencyMillis = 20;

  @Option(
      names = "--bandwidth",
      paramLabel = "MB/S",
      description = "of the server, of one connection (${DEFAULT-VALUE})")
  int megabytesPerSecond = 80;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures there too")
  Optional<Path> json = Optional.empty();

  @Option(
      names = "--objects",
      paramLabel = "N",
      description = "how many small ones warm-small fetches (${DEFAULT-VALUE})")
  private int objects = 4000;

  @Option(
      names = "--peers",
      description =
          "measures s3fs, rclone, mount-s3 and geesefs, too, as far as they are installed")
  boolean peers;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "of each read of a peer, which is ended then (${DEFAULT-VALUE})")
  private int limitSeconds = 120;

  @Option(names = "--profile", description = "tells where the CPU of each mount went")
  boolean profiled;

  @Option(
      names = "--target",
      paramLabel = "DIR",
      description = "reads below this directory and mounts nothing; \"served\" is the server's own")
  Optional<Path> target = Optional.empty();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "where files and mount points go (${DEFAULT-VALUE})")
  Path work = Path.of("/var/tmp");

  @Option(
      names = "--sluice",
      paramLabel = "PROGRAM",
      required = true,
      description = "what to measure; bench/run knows it")
  Path program = Path.of("sluice");

  Dial dial() {
    return new Dial(latencyMillis * 1_000_000L, megabytesPerSecond * 1_000_000L);
  }

  int objects() {
    return Bench.positive("--objects", objects);
  }

  /** Of each read of a peer. */
  Duration limit() {
    return Duration.ofSeconds(Bench.positive("--limit", limitSeconds));
  }

  /** The large file's, in bytes. */
  long bytes() {
    return ByteSize.of(size).bytes();
  }

  /** The rows to measure, with those that they are compared with. */
  List<Scenario> wanted() {
    Set<Scenario> wanted = EnumSet.copyOf(scenarios);
    for (Scenario scenario : scenarios) wanted.addAll(scenario.references());
    return wanted.stream().filter(this::isPossible).toList();
  }

  /** Without a mount of ours there is no cache, and no data directory to choose. */
  private boolean isPossible(Scenario scenario) {
    return target.isEmpty()
        || switch (scenario.state()) {
          case COLD, MEMORY -> true;
          case BOUNDED, MANY, SLOW_DISK, NO_DISK, WARMING, PLAIN, REMOUNTED, HOT, LOCAL -> false;
        };
  }
}
