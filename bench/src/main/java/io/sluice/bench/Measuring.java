package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.Measurement.Cost;
import io.sluice.bench.Scenario.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads files against the clock, counts what that cost, and reads them again with a check, outside
 * of the clock.
 *
 * @param limit of each of the two
 */
record Measuring(Server server, Bucket bucket, Scratch scratch, Duration limit) {

  /**
   * One row; wrong bytes are a measurement too.
   *
   * @throws IOException where the read was not finished
   */
  Measurement measure(Scenario scenario, View view, List<Path> files)
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
        Collections.nCopies(scenario.copies(), bucket.seeds(scenario.subject())).stream()
            .flatMap(List::stream)
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return new Measurement(scenario.word(), result, cost, verdict(scenario, seeds, files));
  }

  private String verdict(Scenario scenario, String seeds, List<Path> files)
      throws InterruptedException {
    try {
      read(scenario.pattern(), seeds, files);
      return Measurement.RIGHT;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Reads in a process of its own, and compares with the seeds' contents, or {@code -}. */
  ReadResult read(Pattern pattern, String seeds, List<Path> files)
      throws IOException, InterruptedException {
    String[] arguments =
        Stream.concat(Stream.of(pattern.name(), seeds), files.stream().map(Path::toString))
            .toArray(String[]::new);
    try (Child reader =
        Child.start(Java.command(Reader.class, arguments), Map.of(), scratch.at("reader.log"))) {
      return ReadResult.parse(reader.awaitEnd(limit));
    }
  }
}
