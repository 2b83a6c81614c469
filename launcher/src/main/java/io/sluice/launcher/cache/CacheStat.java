package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.CacheSettings.Space;
import io.sluice.cache.Usage;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code sluice cache stat}: how large it is, and who uses it. */
@Command(name = "stat", description = "Say what the cache takes, may take, and who uses it.")
final class CacheStat extends CacheAction {
  @Override
  ExitCode run(CacheDirectory directory) throws CacheException {
    Usage usage = directory.usage();
    tell(Report.of(usage), lines(usage));
    return ExitCode.OK;
  }

  /**
   * As JSON; times as ISO 8601.
   *
   * @param bound bytes all objects may take; absent while nobody has set one, or where it is the
   *     disk
   * @param reserve bytes that stay free on the disk
   */
  record Report(
      long used,
      @Nullable Long bound,
      @Nullable Long reserve,
      long free,
      int objects,
      List<User> owners) {
    static Report of(Usage usage) {
      Optional<Space> space = usage.space();
      return new Report(
          usage.used(),
          space.map(Space::most).filter(most -> most < Long.MAX_VALUE).orElse(null),
          space.map(Space::reserve).orElse(null),
          usage.free(),
          usage.objects(),
          usage.owners().stream()
              .map(o -> new User(o.id(), o.pid(), o.since().toString(), o.label()))
              .toList());
    }
  }

  /** Who uses it. */
  record User(String id, long pid, String since, String label) {}

  static List<String> lines(Usage usage) {
    List<String> lines = new ArrayList<>();
    lines.add("used      %s in %d objects".formatted(new ByteSize(usage.used()), usage.objects()));
    lines.add("bound     " + usage.space().map(CacheStat::bound).orElse("none set yet"));
    lines.add("free      %s on its disk".formatted(new ByteSize(usage.free())));
    usage
        .owners()
        .forEach(
            owner -> lines.add("used by   %s, process %d".formatted(owner.label(), owner.pid())));
    return lines;
  }

  private static String bound(Space space) {
    return "%s, and %s stay free on the disk"
        .formatted(
            space.most() == Long.MAX_VALUE ? "the disk" : new ByteSize(space.most()),
            new ByteSize(space.reserve()));
  }
}
