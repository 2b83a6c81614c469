package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A child process that has mounted a file system, and is asked to unmount it when closed. */
final class Mount implements View {
  private static final Duration READY_LIMIT = Duration.ofSeconds(30);
  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(10);

  private final Child child;
  private final Path directory;
  private final long readyNanos;

  private Mount(Child child, Path directory, long readyNanos) {
    this.child = child;
    this.directory = directory;
    this.readyNanos = readyNanos;
  }

  /**
   * Runs a command that mounts something at {@code directory} and stays.
   *
   * @param ready whether its output so far says that it serves
   */
  static Mount start(Path directory, Command command, Predicate<String> ready)
      throws IOException, InterruptedException {
    // A dead mount looks like nothing that is known; what is started now may repair it.
    if (!isMounted(directory)) Files.createDirectories(directory);
    Child child = Child.start(command.words(), command.environment(), command.log());
    try {
      long nanos = child.await(ready, READY_LIMIT);
      if (!isMounted(directory))
        throw new IOException("it says that it serves, but nothing is mounted:\n" + child.output());
      return new Mount(child, directory, nanos);
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  /** What is run, with what in its environment, and where its output goes. */
  record Command(List<String> words, Map<String, String> environment, Path log) {
    Command {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }
  }

  /** SIGKILL, as from an operator or the kernel; what it mounted stays behind, dead. */
  void kill() {
    child.kill();
  }

  /** Returns when a killed one is gone. */
  void awaitDeath() throws IOException, InterruptedException {
    child.awaitDeath();
  }

  /** What it has said. */
  String output() throws IOException {
    return child.output();
  }

  boolean isAlive() {
    return child.isAlive();
  }

  long pid() {
    return child.pid();
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public long readyNanos() {
    return readyNanos;
  }

  @Override
  public Usage usage() throws IOException {
    return Usage.of(child.pid());
  }

  @Override
  public void close() {
    child.close();
    try {
      if (!isMounted(directory)) return;
      System.err.println(directory + " was left mounted and is detached");
      new ProcessBuilder("umount", "-l", directory.toString())
          .inheritIO()
          .start()
          .waitFor(UNMOUNT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      System.err.println("cannot detach " + directory + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether something is mounted exactly there. */
  static boolean isMounted(Path directory) {
    try {
      return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
          .anyMatch(line -> line.contains(" " + directory + " "));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see what is mounted", e);
    }
  }
}
