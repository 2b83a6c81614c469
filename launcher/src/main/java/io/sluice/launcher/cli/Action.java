package io.sluice.launcher.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command: what it was given by its surroundings, and where it tells what. */
public abstract class Action implements Callable<Integer> {
  @ParentCommand private @Nullable Surroundings parent;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Sets up the log, before anything that has a logger is touched, and does it. */
  @Override
  public final Integer call() throws Failure {
    Logging.to(logLevel());
    return run();
  }

  /** Does it, and says with which code the process ends. */
  protected abstract int run() throws Failure;

  /** How much is logged: of commands that have no option for it what went wrong. */
  public Logging.Level logLevel() {
    return Logging.Level.WARN;
  }

  /** What the process was given. */
  public final Environment environment() {
    if (parent == null) throw new IllegalStateException("a command of sluice");
    return parent.environment();
  }

  protected final CommandSpec spec() {
    return spec;
  }

  /** Whether an option is on the command line: a variable was perhaps set for other commands. */
  protected final boolean isTyped(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Where what was asked for goes. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where all else goes. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Tells something, on one line and beside what was asked for. */
  protected final void say(String message) {
    err().println("sluice: " + OneLine.of(message));
  }
}
