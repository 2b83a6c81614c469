package io.sluice.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A child process whose output is kept in a file, and which ends when it is closed. */
final class Child implements AutoCloseable {
  private static final int POLL_MILLIS = 2;
  private static final Duration GRACE = Duration.ofSeconds(40);

  private final String name;
  private final Process process;
  private final Path log;
  private final long startNanos;

  private Child(String name, Process process, Path log, long startNanos) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.startNanos = startNanos;
  }

  /** Starts a command; its output and errors go to {@code log}, which is written anew. */
  static Child start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    var builder = builder(command, environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long start = System.nanoTime();
    return new Child(name(command), builder.start(), log, start);
  }

  /**
   * Starts two commands with a pipe of the kernel from the first to the second, whose other output
   * and errors go to a log each.
   */
  static List<Child> pipe(
      List<String> from, Path fromLog, List<String> to, Path toLog, Map<String, String> environment)
      throws IOException {
    var first = builder(from, environment).redirectError(fromLog.toFile());
    var second = builder(to, environment).redirectErrorStream(true);
    second.redirectOutput(toLog.toFile());
    long start = System.nanoTime();
    List<Process> both = ProcessBuilder.startPipeline(List.of(first, second));
    return List.of(
        new Child(name(from), both.getFirst(), fromLog, start),
        new Child(name(to), both.getLast(), toLog, start));
  }

  private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command);
    // The server here is meant, and nobody's profile, endpoint or certificates.
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return builder.directory(new File("/"));
  }

  private static String name(List<String> command) {
    return Path.of(command.getFirst()).getFileName().toString();
  }

  long pid() {
    return process.pid();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  /**
   * Waits until the output is as wanted.
   *
   * @return how long that took since the process was started, in nanoseconds
   * @throws IOException where the process ended before, or the limit passed
   */
  long await(Predicate<String> wanted, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!wanted.test(output())) {
      if (!process.isAlive() && !wanted.test(output()))
        throw new IOException(name + " ended with " + process.exitValue() + ":\n" + output());
      if (System.nanoTime() > deadline)
        throw new IOException(name + " was not ready after " + limit + ":\n" + output());
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return System.nanoTime() - startNanos;
  }

  /**
   * Waits for the end.
   *
   * @return everything it has said
   * @throws IOException where it did not end in time (it is killed), or not with 0
   */
  String awaitEnd(Duration limit) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException(name + " was not finished after " + limit);
    }
    if (process.exitValue() != 0)
      throw new IOException(name + " ended with " + process.exitValue() + ":\n" + output());
    return output();
  }

  /** Since it was started. */
  long nanos() {
    return System.nanoTime() - startNanos;
  }

  /** When it was started, by {@link System#nanoTime()}. */
  long startNanos() {
    return startNanos;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; nothing is waited for. */
  void kill() {
    process.destroyForcibly();
  }

  /** Returns when it has ended, whatever it ended with: the kernel has closed its files by then. */
  void awaitDeath() throws IOException, InterruptedException {
    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS))
      throw new IOException(name + " was killed and has not ended within " + GRACE);
  }

  /**
   * Runs a command of the system to its end.
   *
   * @return everything it has said
   * @throws IOException where it did not end with 0 within a minute
   */
  static String run(Path log, String... command) throws IOException, InterruptedException {
    try (Child child = start(List.of(command), Map.of(), log)) {
      return child.awaitEnd(Duration.ofMinutes(1));
    }
  }

  /** Makes the kernel forget the pages of one file, and of nothing below it. */
  static void forgetPages(Path log, Path file) throws IOException, InterruptedException {
    run(log, "dd", "if=" + file, "of=/dev/null", "iflag=nocache", "count=0", "status=none");
  }

  /** Asks it to end, and kills it where it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) return;
      System.err.println(name + " did not end within " + GRACE + " and is killed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
