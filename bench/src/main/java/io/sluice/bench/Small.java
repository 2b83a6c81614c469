package io.sluice.bench;

import io.sluice.bench.Measurement.Cost;
import io.sluice.bench.Scenario.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows that a program of its own does, without a mount: plain GETs at random, and thousands of
 * small objects by plain GETs and by {@code sluice warm}.
 *
 * <p>Small objects are timed from the start of the process to its end, JVM included, of both.
 */
final class Small {
  /** Of the warmed objects, how many are read back through a mount. */
  private static final int CHECKED = 64;

  private final Measuring measuring;
  private final View.Source mounts;
  private final SluiceMounts program;

  Small(Measuring measuring, View.Source mounts, SluiceMounts program) {
    this.measuring = measuring;
    this.mounts = mounts;
    this.program = program;
  }

  Measurement run(Scenario scenario) throws IOException, InterruptedException {
    return switch (scenario) {
      case WARM_SMALL -> warm(scenario);
      case PLAIN_SMALL -> plain(scenario);
      default -> plainReads(scenario);
    };
  }

  private Measurement plainReads(Scenario scenario) throws IOException, InterruptedException {
    String key = measuring.bucket().keys(Subject.COMPUTED).getFirst();
    String endpoint = measuring.server().endpoint().toString();
    measuring.server().reset();
    try (Child reads = child(Java.command(PlainReads.class, endpoint, key))) {
      String output = reads.awaitEnd(measuring.limit());
      Cost cost = new Cost(Usage.parseLine(output), measuring.server().counts(), 0);
      return new Measurement(scenario.word(), ReadResult.parse(output), cost, Measurement.RIGHT);
    }
  }

  private Measurement plain(Scenario scenario) throws IOException, InterruptedException {
    String endpoint = measuring.server().endpoint().toString();
    String connections = Integer.toString(program.parallelism());
    return whole(scenario, Java.command(PlainSmall.class, endpoint, connections));
  }

  private Measurement warm(Scenario scenario) throws IOException, InterruptedException {
    try (DataDirectory data = DataDirectory.fresh(measuring.scratch())) {
      Measurement warmed = whole(scenario, program.warming(data.path(), Bucket.SMALL_PREFIX));
      String verdict = check(data.path());
      return new Measurement(warmed.name(), warmed.read(), warmed.cost(), verdict);
    }
  }

  /** A program from its start to its end. */
  private Measurement whole(Scenario scenario, List<String> command)
      throws IOException, InterruptedException {
    Server server = measuring.server();
    server.reset();
    try (Child child = child(command);
        Sampling sampling = Sampling.of(child.pid())) {
      child.awaitEnd(measuring.limit());
      long nanos = child.nanos();
      var counts = server.counts();
      long needed = measuring.bucket().smallBytes();
      if (counts.bodyBytes() < needed)
        throw new IOException("it fetched " + counts.bodyBytes() + " of " + needed + " bytes");
      Cost cost = new Cost(sampling.total(), counts, 0);
      return new Measurement(
          scenario.word(), ReadResult.of(nanos, needed, List.of()), cost, Measurement.RIGHT);
    }
  }

  private Child child(List<String> command) throws IOException {
    return Child.start(command, Credentials.ENVIRONMENT, measuring.scratch().at("plain.log"));
  }

  private String check(Path data) throws IOException, InterruptedException {
    Bucket bucket = measuring.bucket();
    List<String> keys = bucket.keys(Subject.SMALL);
    List<Long> seeds = bucket.seeds(Subject.SMALL);
    List<Integer> chosen =
        IntStream.range(0, Math.min(CHECKED, keys.size()))
            .mapToObj(i -> (int) ((long) i * keys.size() / CHECKED))
            .map(i -> Math.min(i, keys.size() - 1))
            .toList();
    measuring.server().reset();
    try (View view = mounts.open(View.Wish.of(data).showing(Bucket.SMALL_NAME))) {
      List<Path> files = chosen.stream().map(keys::get).map(view.directory()::resolve).toList();
      String expected =
          chosen.stream().map(seeds::get).map(String::valueOf).collect(Collectors.joining(","));
      measuring.read(Pattern.SEQUENTIAL, expected, files);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    long again = measuring.server().counts().bodyBytes();
    return again == 0
        ? Measurement.RIGHT
        : "what was warmed was fetched again: " + again + " bytes";
  }
}
