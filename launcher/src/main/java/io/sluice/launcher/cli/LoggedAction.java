package io.sluice.launcher.cli;

import picocli.CommandLine.Mixin;

/** A command of which somebody can choose how much it logs. */
public abstract class LoggedAction extends Action {
  @Mixin private LogOption log = new LogOption();

  @Override
  public final Logging.Level logLevel() {
    return log.level();
  }
}
