package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.CachedVersion;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice cache pin}: what stays, whatever else needs room. */
@Command(name = "pin", description = "Keep objects from eviction until they are unpinned.")
final class CachePin extends CacheAction {
  @Mixin private CacheChoice choice = new CacheChoice();

  @Override
  ExitCode run(CacheDirectory directory) throws CacheException, Failure {
    choice.requireSome((int) directory.list().stream().filter(choice.chosen()).count());
    List<CachedVersion> pinned = directory.pin(choice.chosen());
    tell(
        CacheEvict.keys(pinned),
        List.of("%d objects pinned that were not before".formatted(pinned.size())));
    return ExitCode.OK;
  }
}
