package io.sluice.launcher.cli;

import picocli.CommandLine.Option;

/** How much is said while a command works. */
public final class LogOption {
  /** In the help: below what a command is about. */
  private static final int LAST = 1000;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      order = LAST,
      description =
          "error, warn, info, debug or trace; lines go to stderr. Default: ${DEFAULT-VALUE}")
  private Logging.Level level = Logging.Level.INFO;

  @Option(names = "--debug", order = LAST, description = "Short for --log-level debug.")
  private boolean isDebug;

  public Logging.Level level() {
    return isDebug && !level.showsStackTraces() ? Logging.Level.DEBUG : level;
  }
}
