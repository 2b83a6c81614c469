package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads for a long time while everything around the mounts goes wrong, and checks every byte. */
@Command(
    name = "bench/soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Reads through mounts of one data directory while the store fails, the disk is full,"
            + " mounts are killed and objects are replaced. Exits with 1 on any wrong byte, on a"
            + " reader that gets no further, and on memory that grows.")
final class Soak implements Callable<Integer> {
  private static final int MOST_LINES = 20;

  /** GETs in flight of a mount. */
  private static final int PARALLELISM = 16;

  private static final Dial DIAL = new Dial(TimeUnit.MILLISECONDS.toNanos(5), 80_000_000);

  @Option(names = "--minutes", paramLabel = "N", description = "how long (${DEFAULT-VALUE})")
  private int minutes = 30;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of all that is random, to have the same again; printed at the start")
  private long seed = System.nanoTime();

  @Option(
      names = "--mounts",
      paramLabel = "N",
      description = "that share the data directory (${DEFAULT-VALUE})")
  private int count = 2;

  @Option(names = "--readers", paramLabel = "N", description = "threads (${DEFAULT-VALUE})")
  private int readers = 16;

  @Option(
      names = "--disk",
      paramLabel = "SIZE",
      description = "of the data directory's file system (${DEFAULT-VALUE})")
  private String disk = "384MiB";

  @Option(
      names = "--growth",
      paramLabel = "MIB",
      description =
          "of a mount's memory, after its first 20 s, that is a failure (${DEFAULT-VALUE})")
  private int growthMebibytes = 96;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "where files and mount points go (${DEFAULT-VALUE})")
  private Path work = Path.of("/var/tmp");

  @Option(
      names = "--sluice",
      paramLabel = "PROGRAM",
      required = true,
      description = "what to run; bench/soak knows it")
  private Path program = Path.of("sluice");

  public static void main(String[] args) {
    Bench.run(new Soak(), args);
  }

  /** 0 where every byte was right and nothing got stuck or grew, else 1. */
  @Override
  public Integer call() throws IOException {
    say("seed " + seed + ", " + Bench.positive("--minutes", minutes) + " minutes");
    SoakFaults faults = new SoakFaults(seed);
    try (Scratch scratch = Scratch.below(work)) {
      SoakFiles files = new SoakFiles(scratch.at("served"));
      files.create();
      try (DialServer server = DialServer.start(files.root(), DIAL, faults);
          SoakDisk small = new SoakDisk(scratch, ByteSize.of(disk).bytes())) {
        var sluice =
            new SluiceMounts(
                program.toAbsolutePath(), server.endpoint(), PARALLELISM, scratch, false);
        sluice.build();
        try (SoakMounts mounts =
                SoakMounts.open(sluice, small.data(), Bench.positive("--mounts", count));
            Child readers = started(files, mounts, scratch)) {
          var run = new SoakRun(new SoakRun.World(files, faults, small, mounts, readers), seed);
          try {
            return verdict(run.run(minutes), mounts.rss());
          } finally {
            // What failed first of each kind, and all that was wrong.
            readers
                .output()
                .lines()
                .filter(line -> line.startsWith("WRONG") || line.startsWith("failed"))
                .limit(MOST_LINES)
                .forEach(Soak::say);
          }
        }
      }
    } catch (InterruptedException e) {
      say("interrupted");
      return 1;
    } catch (IOException e) {
      say("FAILED: " + e);
      return 1;
    }
  }

  private Child started(SoakFiles files, SoakMounts mounts, Scratch scratch) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(files.root().toString());
    arguments.add(Long.toString(seed));
    arguments.add(Integer.toString(Bench.positive("--readers", readers)));
    mounts.directories().forEach(directory -> arguments.add(directory.toString()));
    return Child.start(
        Java.command(SoakReaders.class, arguments.toArray(String[]::new)),
        Map.of(),
        scratch.at("readers.log"));
  }

  private int verdict(SoakStatus status, SoakRss rss) {
    say(status.text());
    long growth = rss.growth() >> 20;
    say("peak RSS %d MiB, grown by %d MiB at most".formatted(rss.most() >> 20, growth));
    boolean grown = growth > growthMebibytes;
    if (grown) say("FAILED: more than " + growthMebibytes + " MiB");
    if (status.wrong() > 0) say("FAILED: wrong bytes, seed " + seed);
    if (status.reads() == 0) say("FAILED: nothing was read");
    return grown || status.wrong() > 0 || status.reads() == 0 ? 1 : 0;
  }

  static void say(String what) {
    System.out.println("soak: " + what);
  }
}
