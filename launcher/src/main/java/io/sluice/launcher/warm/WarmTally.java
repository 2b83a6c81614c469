package io.sluice.launcher.warm;

import io.sluice.launcher.cli.ExitCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What became of the objects of a warming, and what that means. Safe for use by many threads. */
final class WarmTally {
  /** What became of one; those that are worse come later. */
  enum Outcome {
    THERE("in the cache", ExitCode.OK),
    STALE("not what was recorded", ExitCode.OK),
    MISSING("not in the bucket", ExitCode.NOT_FOUND),
    INCOMPLETE("not complete", ExitCode.INCOMPLETE),
    DAMAGED("damaged", ExitCode.DAMAGED),
    TOO_LARGE("without room in the cache", ExitCode.DATA_DIR),
    FAILED("failed", ExitCode.BUCKET);

    private final String text;
    private final ExitCode code;

    Outcome(String text, ExitCode code) {
      this.text = text;
      this.code = code;
    }
  }

  private final Map<Outcome, LongAdder> objects = new EnumMap<>(Outcome.class);

  WarmTally() {
    for (Outcome outcome : Outcome.values()) objects.put(outcome, new LongAdder());
  }

  void add(Outcome outcome) {
    counter(outcome).increment();
  }

  long count(Outcome outcome) {
    return counter(outcome).sum();
  }

  long count() {
    return objects.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private LongAdder counter(Outcome outcome) {
    return Objects.requireNonNull(objects.get(outcome)); // each has one
  }

  /** That of the worst that happened. */
  ExitCode code() {
    ExitCode code = ExitCode.OK;
    for (Outcome outcome : Outcome.values()) if (count(outcome) > 0) code = outcome.code;
    return code;
  }

  /** What is not as it should be: {@code 3 of 10 are not in the cache: 2 failed, 1 damaged}. */
  String summary() {
    List<String> parts = new ArrayList<>();
    for (Outcome outcome : Outcome.values())
      if (outcome != Outcome.THERE && count(outcome) > 0)
        parts.add(count(outcome) + " " + outcome.text);
    return "%d of %d are not in the cache: %s"
        .formatted(count() - count(Outcome.THERE), count(), String.join(", ", parts));
  }
}
