package io.sluice.launcher.cache;

import io.sluice.cache.CachedVersion;
import io.sluice.cache.KeyPattern;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which cached objects a command is about. */
final class CacheChoice {
  @Parameters(
      paramLabel = "KEY|PREFIX/|GLOB",
      arity = "0..*",
      description = "Objects, by their keys in the whole bucket.")
  private List<String> patterns = List.of(); // picocli hides why one of several is wrong

  @Option(names = "--all", description = "Every object.")
  private boolean isAll;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "Only those of this bucket, as 'sluice cache ls' shows it.")
  private @Nullable String store;

  /** Those that are asked for; where nothing is said, an error: it might have meant everything. */
  Predicate<CachedVersion> chosen() throws Failure {
    if (patterns.isEmpty() && !isAll)
      throw Failure.usage("which objects? Give keys, prefixes or globs, or --all");
    return chosenOrAll();
  }

  /** The same, for commands that do no harm. */
  Predicate<CachedVersion> chosenOrAll() throws Failure {
    if (isAll && !patterns.isEmpty())
      throw Failure.usage("both --all and %s: give one of them".formatted(patterns.getFirst()));
    List<KeyPattern> parsed = new ArrayList<>();
    for (String pattern : patterns) parsed.add(parse(pattern));
    Optional<String> only = Optional.ofNullable(store);
    return version ->
        (only.isEmpty() || only.get().equals(version.store()))
            && (parsed.isEmpty() || parsed.stream().anyMatch(p -> p.matches(version.key())));
  }

  private static KeyPattern parse(String text) throws Failure {
    try {
      return KeyPattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Refuses a choice of nothing: a pattern that was mistyped must not look like work done.
   *
   * @param found how many it chose
   */
  void requireSome(int found) throws Failure {
    if (found == 0 && (!patterns.isEmpty() || store != null))
      throw new Failure(
          ExitCode.NOT_FOUND, "nothing in the cache matches: see 'sluice cache ls'", null);
  }
}
