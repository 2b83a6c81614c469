package io.sluice.bench;

import io.sluice.bench.Measurement.Cost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Plain parallel GETs, in both of their strong forms: one long range per connection, and a queue of
 * middling ones. The better run of all is 1.00.
 */
record Baseline(Server server, Bucket bucket, int connections, Scratch scratch) {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final long QUEUED = 16L << 20;

  /** Every form once. */
  List<Measurement> run() throws InterruptedException {
    List<Measurement> runs = new ArrayList<>();
    runs.add(run("plain, long ranges", 0));
    runs.add(run("plain, 16 MiB ranges", QUEUED));
    return runs;
  }

  private Measurement run(String name, long rangeBytes) throws InterruptedException {
    List<String> command =
        Java.command(
            PlainGets.class,
            server.endpoint().toString(),
            bucket.keys(Scenario.Subject.MODEL).getFirst(),
            Integer.toString(connections),
            Long.toString(rangeBytes));
    try {
      bucket.prefault(Scenario.Subject.MODEL);
      server.reset();
      try (Child gets =
          Child.start(command, new HashMap<>(Credentials.ENVIRONMENT), scratch.at("plain.log"))) {
        String output = gets.awaitEnd(LIMIT);
        Cost cost = new Cost(Usage.parseLine(output), server.counts(), 0);
        return new Measurement(name, ReadResult.parse(output), cost, Measurement.RIGHT);
      }
    } catch (IOException e) {
      return Measurement.failed(name, e.toString());
    }
  }
}
