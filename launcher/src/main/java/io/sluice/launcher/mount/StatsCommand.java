package io.sluice.launcher.mount;

import io.sluice.launcher.cache.DataDirOption;
import io.sluice.launcher.cli.Action;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice stats}: asks mounts what they have done, and what would have made them faster. */
@Command(
    name = "stats",
    description = {
      "What mounts have read, how long their readers waited, and what would have helped. The same",
      "is logged at unmount, and when a mount gets SIGUSR1."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice stats                  all mounts of the usual data directory",
      "  sluice stats /models --data-dir /nvme/sluice --json"
    })
public final class StatsCommand extends Action {
  @Parameters(
      paramLabel = "MOUNT_POINT",
      arity = "0..1",
      description = "Only this one. Default: all of the data directory.")
  private @Nullable Path mountPoint;

  @Mixin private DataDirOption dataDir = new DataDirOption();

  @Option(names = "--json", description = "As JSON: sizes in bytes, times in seconds.")
  private boolean isJson;

  @Override
  protected int run() throws Failure {
    Path directory = dataDir.directory(environment());
    List<LoadReport> reports = chosen(reports(directory), directory);
    if (isJson) out().println(Json.of(reports));
    else for (LoadReport report : reports) LoadText.lines(report).forEach(out()::println);
    return ExitCode.OK.number();
  }

  /** One that does not answer keeps nobody from hearing of the others. */
  private List<LoadReport> reports(Path directory) throws Failure {
    List<LoadReport> reports = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path socket : sockets(directory)) {
      try {
        reports.add(Json.parse(StatsSockets.ask(socket), LoadReport.class));
      } catch (ConnectException _) {
        // Its process is gone; the next mount removes it.
      } catch (IOException e) {
        if (Files.exists(socket)) problems.add(socket + ": " + e.getMessage());
      }
    }
    if (reports.isEmpty() && !problems.isEmpty())
      throw unreadable(directory, problems.getFirst(), null);
    for (String problem : problems) say("left out " + problem);
    return reports;
  }

  private static List<Path> sockets(Path directory) throws Failure {
    try {
      return StatsSockets.in(directory);
    } catch (IOException e) {
      throw unreadable(directory, String.valueOf(e.getMessage()), e);
    }
  }

  private static Failure unreadable(Path directory, String problem, @Nullable Throwable cause) {
    return new Failure(
        ExitCode.DATA_DIR,
        "asking the mounts of %s: %s: check that you may read it, and that they are of this version"
            .formatted(directory, problem),
        cause);
  }

  private List<LoadReport> chosen(List<LoadReport> reports, Path directory) throws Failure {
    if (reports.isEmpty())
      throw notFound("no mount uses the data directory " + directory + ": give its --data-dir");
    if (mountPoint == null) return reports;
    String wanted = mountPoint.toAbsolutePath().normalize().toString();
    List<LoadReport> those =
        reports.stream().filter(report -> report.mount().mountPoint().equals(wanted)).toList();
    if (!those.isEmpty()) return those;
    throw notFound(
        "no mount at %s uses the data directory %s, but those at %s do"
            .formatted(
                wanted,
                directory,
                String.join(
                    ", ", reports.stream().map(report -> report.mount().mountPoint()).toList())));
  }

  private static Failure notFound(String message) {
    return new Failure(ExitCode.NOT_FOUND, message, null);
  }
}
