package io.sluice.launcher;

/** Whatever a server or a library put into a message, on one line. */
final class OneLine {
  private OneLine() {}

  static String of(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
