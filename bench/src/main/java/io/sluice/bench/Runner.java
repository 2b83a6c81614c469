package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.Measurement.Cost;
import io.sluice.bench.Scenario.State;
import io.sluice.bench.Scenario.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one scenario at a time: brings the bytes to where the scenario wants them, reads against the
 * clock, counts, and reads again with a check, outside of the clock.
 */
final class Runner {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Server server;
  private final Bucket bucket;
  private final Scratch scratch;
  private final View.Source mounts;

  Runner(Server server, Bucket bucket, Scratch scratch, View.Source mounts) {
    this.server = server;
    this.bucket = bucket;
    this.scratch = scratch;
    this.mounts = mounts;
  }

  /** One run; a failure is a measurement too, except of the harness itself. */
  Measurement run(Scenario scenario) throws InterruptedException {
    try {
      return switch (scenario.state()) {
        case COLD -> cold(scenario);
        case REMOUNTED, HOT -> again(scenario);
        case MEMORY -> inMemory(scenario);
        case LOCAL -> local(scenario);
      };
    } catch (IOException e) {
      return Measurement.failed(scenario.word(), e.toString());
    }
  }

  private Measurement cold(Scenario scenario) throws IOException, InterruptedException {
    bucket.prefault(scenario.subject());
    Path data = scratch.fresh("data-cold");
    try (View view = mounts.open(data)) {
      return measure(scenario, view, paths(view, scenario.subject()));
    } finally {
      scratch.delete(data);
    }
  }

  private Measurement again(Scenario scenario) throws IOException, InterruptedException {
    try (View view = mounts.open(warmed())) {
      List<Path> files = paths(view, scenario.subject());
      if (scenario.state() == State.HOT) {
        read(Pattern.SEQUENTIAL, "-", files);
        for (Path file : files) dropPages(file);
      }
      return measure(scenario, view, files);
    }
  }

  private Measurement inMemory(Scenario scenario) throws IOException, InterruptedException {
    try (View view = new MemoryMounts(bucket, scratch).open(scratch.root())) {
      return measure(scenario, view, paths(view, scenario.subject()));
    }
  }

  private Measurement local(Scenario scenario) throws IOException, InterruptedException {
    Path data = largest(warmed());
    try (View view = View.of(data)) {
      return measure(scenario, view, List.of(data));
    }
  }

  /** A data directory that an earlier mount has filled with the model; its pages are in memory. */
  private Path warmed() throws IOException, InterruptedException {
    Path data = scratch.at("data-warm");
    if (Files.exists(data)) return data;
    try (View view = mounts.open(scratch.fresh("data-warm"))) {
      read(Pattern.SEQUENTIAL, "-", paths(view, Subject.MODEL));
      server.settled();
    }
    return data;
  }

  private Measurement measure(Scenario scenario, View view, List<Path> files)
      throws IOException, InterruptedException {
    // Once for the cache's file, once for the kernel's pages of the mounted one.
    if (scenario.state() != State.LOCAL) Memory.touch(2 * bucket.size());
    server.reset();
    Usage before = view.usage();
    ReadResult result = read(scenario.pattern(), "-", files);
    Usage usage = view.usage().since(before);
    Counts counts = server.settled();
    Cost cost = new Cost(usage, counts, view.readyNanos());
    String seeds =
        bucket.seeds(scenario.subject()).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    String verdict = Measurement.RIGHT;
    try {
      read(scenario.pattern(), seeds, files);
    } catch (IOException e) {
      verdict = e.toString();
    }
    return new Measurement(scenario.word(), result, cost, verdict);
  }

  private ReadResult read(Pattern pattern, String seeds, List<Path> files)
      throws IOException, InterruptedException {
    String[] arguments =
        Stream.concat(Stream.of(pattern.name(), seeds), files.stream().map(Path::toString))
            .toArray(String[]::new);
    try (Child reader =
        Child.start(Java.command(Reader.class, arguments), Map.of(), scratch.at("reader.log"))) {
      return ReadResult.parse(reader.awaitEnd(LIMIT));
    }
  }

  /** Makes the kernel forget the pages of one file, and of nothing below it. */
  private void dropPages(Path file) throws IOException, InterruptedException {
    List<String> command =
        List.of("dd", "if=" + file, "of=/dev/null", "iflag=nocache", "count=0", "status=none");
    try (Child dd = Child.start(command, Map.of(), scratch.at("dd.log"))) {
      dd.awaitEnd(LIMIT);
    }
  }

  private List<Path> paths(View view, Subject subject) {
    return bucket.keys(subject).stream().map(view.directory()::resolve).toList();
  }

  private static Path largest(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow(() -> new IOException("the cache holds no file"));
    }
  }
}
