package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.CachedVersion;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice cache unpin}: what may go again. */
@Command(name = "unpin", description = "Let pinned objects be evicted again.")
final class CacheUnpin extends CacheAction {
  @Mixin private CacheChoice choice = new CacheChoice();

  @Override
  ExitCode run(CacheDirectory directory) throws CacheException, Failure {
    choice.requireSome((int) directory.list().stream().filter(choice.chosen()).count());
    List<CachedVersion> unpinned = directory.unpin(choice.chosen());
    tell(CacheEvict.keys(unpinned), List.of("%d objects unpinned".formatted(unpinned.size())));
    return ExitCode.OK;
  }
}
