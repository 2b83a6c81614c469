package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.Collected;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code sluice cache gc}: clears away what nobody will use. */
@Command(
    name = "gc",
    description =
        "Clear away leftovers of crashes, damaged objects, and versions of keys that have a newer"
            + " one; what is in use or pinned stays.")
final class CacheGc extends CacheAction {
  @Override
  ExitCode run(CacheDirectory directory) throws CacheException {
    Collected found = directory.gc();
    tell(
        found,
        List.of(
            "%s cleared: %d superseded versions, %d damaged objects, %d leftovers, %d dead owners"
                .formatted(
                    new ByteSize(found.bytes()),
                    found.superseded(),
                    found.damaged(),
                    found.leftovers(),
                    found.owners())));
    if (!found.isCounted())
      say(
          "what all takes could not be counted anew, others kept writing: run gc again when they are done");
    return ExitCode.OK;
  }
}
