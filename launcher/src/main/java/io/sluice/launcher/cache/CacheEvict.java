package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.CachedVersion;
import io.sluice.cache.Evicted;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice cache evict}: makes room. */
@Command(name = "evict", description = "Drop objects; those in use and those pinned stay.")
final class CacheEvict extends CacheAction {
  @Mixin private CacheChoice choice = new CacheChoice();

  /** As JSON. */
  record Report(List<String> evicted, List<String> inUse, List<String> pinned, long bytes) {}

  @Override
  ExitCode run(CacheDirectory directory) throws CacheException, Failure {
    Evicted found = directory.evict(choice.chosen());
    choice.requireSome(found.gone().size() + found.inUse().size() + found.pinned().size());
    var report =
        new Report(keys(found.gone()), keys(found.inUse()), keys(found.pinned()), found.bytes());
    tell(
        report,
        List.of("%d objects evicted, %s".formatted(found.gone().size(), size(found.bytes()))));
    for (String key : report.inUse()) say(key + " is in use and stays: unmount first");
    for (String key : report.pinned()) say(key + " is pinned and stays: unpin it first");
    boolean isAll = found.inUse().isEmpty() && found.pinned().isEmpty();
    return isAll ? ExitCode.OK : ExitCode.IN_USE;
  }

  static List<String> keys(List<CachedVersion> versions) {
    return versions.stream().map(v -> v.key().isEmpty() ? v.id() : v.key()).toList();
  }

  private static String size(long bytes) {
    return new ByteSize(bytes).toString();
  }
}
