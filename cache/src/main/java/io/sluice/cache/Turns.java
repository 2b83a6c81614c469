package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What is fetched next, and of which file: of all of them what is most urgent, and where several
 * want something as urgently, they take turns. Not safe for use by many threads.
 */
final class Turns {
  /** The blocks of this span were claimed for a request that is to be started. */
  record Turn(VersionFile file, Span span) {}

  /** Whose turn it is first. */
  private final LinkedHashSet<VersionFile> files = new LinkedHashSet<>();

  void add(VersionFile file) {
    files.add(file);
  }

  void remove(VersionFile file) {
    files.remove(file);
  }

  /**
   * Claims it.
   *
   * @param urgencies that may be fetched now, the most urgent first
   * @param requests in flight when all are used, which share what is left
   */
  Optional<Turn> next(List<Urgency> urgencies, int requests) {
    if (urgencies.isEmpty()) return Optional.empty();
    long left = 0;
    for (VersionFile file : files) left += file.bytesWanted();
    for (Urgency urgency : urgencies) {
      for (VersionFile file : inTurn(urgency)) {
        Optional<Span> span = file.claimNext(urgency, left, requests);
        if (span.isEmpty()) continue;
        files.remove(file);
        files.add(file); // its turn is over
        return Optional.of(new Turn(file, span.get()));
      }
    }
    return Optional.empty();
  }

  /** What is planned has an order of its own, over all files. */
  private List<VersionFile> inTurn(Urgency urgency) {
    if (urgency != Urgency.PLANNED) return new ArrayList<>(files);
    record Ranked(int rank, VersionFile file) {} // ranks change while we sort
    return files.stream()
        .map(file -> new Ranked(file.plannedRank(), file))
        .sorted(Comparator.comparingInt(Ranked::rank)) // a stable one
        .map(Ranked::file)
        .toList();
  }
}
