package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A command that has run, in a process of its own: what users do to a mount.
 *
 * @param output both streams
 */
record Shell(int exitCode, String output) {
  /** Tests have shorter limits of their own; some list 20,000 files on a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** Runs a line of bash in a directory. */
  static Shell run(Path directory, String line) throws IOException, InterruptedException {
    return ended(started(directory, "bash", "-c", line));
  }

  static Process started(Path directory, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder.redirectErrorStream(true).start();
  }

  /** A JVM with this test's class path. */
  static Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return started(Path.of("/"), command.toArray(String[]::new));
  }

  /** Waits for its end, for {@link #LIMIT} at most. */
  static Shell ended(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    try (var output = process.getInputStream()) {
      byte[] said = TimeLimit.within(LIMIT, "shell", output::readAllBytes);
      return new Shell(process.waitFor(), new String(said, UTF_8));
    } catch (TimeoutException e) {
      throw new AssertionError("hangs: " + process.info().commandLine().orElse("?"), e);
    } finally {
      process.destroyForcibly();
    }
  }
}
