package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.FAILED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A short run of another program.
 *
 * @param output both streams, on one line
 */
record HelperProgram(int exitCode, String output) {
  static HelperProgram run(Duration limit, String... command) throws MountException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      // Whatever it says fits into the pipe, so it does not wait for us to read.
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new MountException(FAILED, command[0] + " does not end");
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new HelperProgram(
          process.exitValue(), String.join("; ", output.strip().split("\\s*\n\\s*")));
    } catch (IOException e) {
      throw new MountException(
          FAILED, command[0] + " cannot be started: install it (Debian: fuse3)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MountException(FAILED, "interrupted", e);
    }
  }
}
