package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.Verification;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice cache verify}: whether it is what was written. */
@Command(
    name = "verify",
    description =
        "Compare every cached block with its CRC32C. Damaged ones are dropped, and fetched again"
            + " when they are read. Default: all objects.")
final class CacheVerify extends CacheAction {
  @Mixin private CacheChoice choice = new CacheChoice();

  @Option(names = "--keep", description = "Change nothing: damaged blocks stay where they are.")
  private boolean isKept;

  /** As JSON. */
  record Report(int objects, long blocks, long bytes, List<Damaged> damaged) {}

  /** An object with something wrong; by its id where its description is damaged. */
  record Damaged(String key, String id, long blocks) {}

  @Override
  ExitCode run(CacheDirectory directory) throws CacheException, Failure {
    Verification found = directory.verify(choice.chosenOrAll(), !isKept, (_, _) -> {});
    choice.requireSome(found.objects());
    List<Damaged> damaged =
        found.damages().stream()
            .map(
                damage ->
                    new Damaged(damage.version().key(), damage.version().id(), damage.blocks()))
            .toList();
    var report = new Report(found.objects(), found.blocks(), found.bytes(), damaged);
    tell(report, lines(report));
    return damaged.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
  }

  static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    for (Damaged damaged : report.damaged())
      lines.add(
          damaged.blocks() == 0
              ? "damaged  %s: what describes it; it is discarded when it is next opened"
                  .formatted(damaged.key().isEmpty() ? damaged.id() : damaged.key())
              : "damaged  %s: %d blocks".formatted(damaged.key(), damaged.blocks()));
    lines.add(
        "%s in %d blocks of %d objects verified, %d objects damaged"
            .formatted(
                new ByteSize(report.bytes()),
                report.blocks(),
                report.objects(),
                report.damaged().size()));
    return lines;
  }
}
