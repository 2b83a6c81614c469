package io.sluice.demo;

/** Why the demo ends early; the message is one line: what is wrong, and what to do. */
final class DemoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  DemoException(String message) {
    this(message, 1);
  }

  DemoException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
