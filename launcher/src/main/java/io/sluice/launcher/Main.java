package io.sluice.launcher;

/** The process: where it begins, and with which code it ends. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code = new Program(Environment.ofThisProcess()).run(arguments);
    System.err.flush();
    // Explicitly: threads of libraries must not keep alive what has ended.
    System.exit(code);
  }
}
