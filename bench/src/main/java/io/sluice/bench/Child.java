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
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.directory(new File("/"));
    long start = System.nanoTime();
    return new Child(
        Path.of(command.getFirst()).getFileName().toString(), builder.start(), log, start);
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
