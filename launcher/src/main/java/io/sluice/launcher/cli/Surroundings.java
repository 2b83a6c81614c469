package io.sluice.launcher.cli;

/** The program that a command is one of, as the command sees it. */
public interface Surroundings {
  /** What the process was given. */
  Environment environment();
}
