package io.sluice.launcher.cli;

/**
 * Whatever a server or a library put into a message, on one line, and nothing in it that a terminal
 * obeys.
 */
public final class OneLine {
  private OneLine() {}

  public static String of(String message) {
    return ShownKey.of(message.strip().replaceAll("\\s*\\R\\s*", " "));
  }
}
