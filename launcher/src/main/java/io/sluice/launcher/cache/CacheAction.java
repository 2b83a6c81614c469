package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.launcher.cli.Action;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Json;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands of {@code sluice cache} share: the directory, and two ways of telling. */
abstract class CacheAction extends Action {
  @Mixin private DataDirOption dataDir = new DataDirOption();

  @Option(names = "--json", description = "As JSON: sizes in bytes.")
  private boolean isJson;

  @Override
  protected final int run() throws Failure {
    try {
      return run(CacheDirectory.open(dataDir.directory(environment()))).number();
    } catch (CacheException e) {
      throw Failure.of(e);
    }
  }

  /** Does it, and tells. */
  abstract ExitCode run(CacheDirectory directory) throws CacheException, Failure;

  /** Tells of it as JSON or in lines. */
  final void tell(Object json, List<String> lines) {
    if (isJson) out().println(Json.of(json));
    else lines.forEach(out()::println);
  }
}
