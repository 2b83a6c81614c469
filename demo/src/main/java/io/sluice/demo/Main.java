package io.sluice.demo;

import io.sluice.launcher.cli.ByteSize;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * The process of the demo: where it begins, and how it ends. On Ctrl-C the thread at work is
 * interrupted and removes what it has made; then the process ends.
 */
public final class Main {
  /** Unmounting gives those who use the mount some seconds. */
  private static final long REMOVAL_SECONDS = 60;

  private static final int AFTER_A_SIGNAL = 130;

  private Main() {}

  public static void main(String[] arguments) {
    // Its server logs each of its steps.
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    var removed = new CountDownLatch(1);
    Thread working = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endEarly(working, removed)));
    int code = AFTER_A_SIGNAL;
    try {
      code = commandLine().execute(arguments);
    } finally {
      removed.countDown();
    }
    System.exit(code);
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new DemoCommand(System.getenv()));
    commands.registerConverter(
        ByteSize.class,
        text -> {
          try {
            return ByteSize.parse(text);
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
          }
        });
    commands.setParameterExceptionHandler(
        (e, _) -> {
          System.err.println("sluice demo: " + e.getMessage() + ": see sluice demo --help");
          return CommandLine.ExitCode.USAGE;
        });
    commands.setExecutionExceptionHandler(
        (e, _, _) -> {
          if (Thread.currentThread().isInterrupted() || e instanceof InterruptedException)
            return AFTER_A_SIGNAL;
          System.err.println("sluice demo: " + e);
          return 1;
        });
    return commands;
  }

  /** Runs when the JVM goes down, whatever the reason. */
  private static void endEarly(Thread working, CountDownLatch removed) {
    if (removed.getCount() == 0) return;
    working.interrupt();
    try {
      if (removed.await(REMOVAL_SECONDS, TimeUnit.SECONDS)) return;
      System.err.println("sluice demo: cannot remove everything: see 'mount' for what is left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
