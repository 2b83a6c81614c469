package io.sluice.launcher.mount;

import io.sluice.launcher.cli.Json;
import io.sluice.launcher.cli.Signals;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a mount has done: to {@code sluice stats}, into the log at SIGUSR1, and there once
 * more at the end if anything was read.
 */
final class LoadReporting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadReporting.class);

  private final Supplier<LoadReport> report;
  private final Optional<StatsSocket> socket;

  private LoadReporting(Supplier<LoadReport> report, Optional<StatsSocket> socket) {
    this.report = report;
    this.socket = socket;
  }

  /**
   * Begins to tell.
   *
   * @param ownerFile that of our cache, beside which to listen
   * @param besides what else is to be done at SIGUSR1
   */
  static LoadReporting start(Path ownerFile, Supplier<LoadReport> report, Runnable besides) {
    Optional<StatsSocket> socket =
        StatsSocket.listen(ownerFile, () -> Json.of(report.get()), StatsSocket.PATIENCE);
    var reporting = new LoadReporting(report, socket);
    Signals.handle(
        "USR1",
        () -> {
          log(report.get());
          besides.run();
        });
    return reporting;
  }

  private static void log(LoadReport report) {
    for (String line : LoadText.lines(report)) LOG.info("{}", line);
  }

  @Override
  public void close() {
    socket.ifPresent(StatsSocket::close);
    LoadReport last = report.get();
    if (last.bytes().served() > 0) log(last);
  }
}
