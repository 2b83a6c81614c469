package io.sluice.launcher.cache;

import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sluice cache}: what is in a data directory, and what may be done to it. */
@Command(
    name = "cache",
    description = {
      "Look after a data directory, beside the mounts that use it. Objects are chosen by keys,",
      "prefixes that end with a slash, and globs, as keys of the whole bucket; or with --all."
    },
    subcommands = {
      CacheListing.class,
      CacheStat.class,
      CacheVerify.class,
      CacheEvict.class,
      CachePin.class,
      CacheUnpin.class,
      CacheGc.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cache ls 'llama/**'",
      "  sluice cache verify --all",
      "  sluice cache pin llama/7b/",
      "  sluice cache evict 'old/**/*.bin' --data-dir /nvme/sluice"
    })
public final class CacheCommand implements Runnable, Surroundings {
  @ParentCommand private @Nullable Surroundings parent;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Environment environment() {
    if (parent == null) throw new IllegalStateException("cache is a command of sluice");
    return parent.environment();
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command: use ls, stat, verify, evict, pin, unpin or gc");
  }
}
