package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that comes as a Go module: built once at a pinned version with {@code go install}, kept
 * in the user's cache directory for all later runs.
 *
 * @param module the path of its main package
 * @param version as the module proxy knows it
 * @param health the path under which the server says, by a 200, that it is ready
 */
public record GoProgram(String module, String version, String health) {
  /** An S3 server. */
  public static final GoProgram MINIO =
      new GoProgram(
          "github.com/minio/minio", "v0.0.0-20260212201848-7aac2a2c5b7c", "/minio/health/cluster");

  /** An emulator of Google Cloud Storage. */
  public static final GoProgram FAKE_GCS =
      new GoProgram("github.com/fsouza/fake-gcs-server", "v1.56.1", "/_internal/healthcheck");

  private static final Logger LOG = LoggerFactory.getLogger(GoProgram.class);
  private static final Duration TIME_TO_BUILD = Duration.ofMinutes(20);
  // Of its hundreds of modules one may fail to come; those that came stay.
  private static final int ATTEMPTS = 3;

  /**
   * The program, built where it is not yet; several processes may ask at once.
   *
   * @throws TestAbortedException where there is no Go on this machine and nothing was built before;
   *     under {@code CI=true} that is a failure instead
   */
  public Path executable() throws IOException, InterruptedException {
    Path directory = cache().resolve(name() + "-" + version);
    Path executable = directory.resolve(name());
    if (Files.isExecutable(executable)) return executable;
    if (!hasGo()) throw missing();
    Files.createDirectories(directory);
    try (FileChannel lock =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      if (!Files.isExecutable(executable)) build(directory, executable);
    }
    return executable;
  }

  private String name() {
    return module.substring(module.lastIndexOf('/') + 1);
  }

  private void build(Path directory, Path executable) throws IOException, InterruptedException {
    LOG.info("building {} {}, once: some minutes", module, version);
    // Built aside and moved: a build that is cut short leaves no half of a program.
    Path aside = Files.createTempDirectory(directory, "build");
    Path log = directory.resolve("build.log");
    var go = new ProcessBuilder("go", "install", module + "@" + version);
    go.environment().put("GOBIN", aside.toString());
    go.environment().put("CGO_ENABLED", "0"); // static: it also runs in an empty container
    go.environment().remove("GOFLAGS");
    go.redirectErrorStream(true).redirectOutput(log.toFile());
    int attempt = 1;
    while (!succeeds(go.start())) {
      String told = Files.readString(log, UTF_8);
      if (attempt == ATTEMPTS) throw new IOException("go install " + module + " failed: " + told);
      attempt++;
      LOG.warn("go install {} failed, once more: {}", module, told);
    }
    Files.move(aside.resolve(name()), executable, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(aside);
  }

  private boolean succeeds(Process install) throws IOException, InterruptedException {
    if (install.waitFor(TIME_TO_BUILD)) return install.exitValue() == 0;
    install.destroyForcibly();
    throw new IOException("go install %s takes longer than %s".formatted(module, TIME_TO_BUILD));
  }

  private static boolean hasGo() throws InterruptedException {
    try {
      Process go = new ProcessBuilder(List.of("go", "version")).start();
      return go.waitFor(20, TimeUnit.SECONDS) && go.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  private RuntimeException missing() {
    String reason = "no Go on this machine (command go): " + name() + " cannot be built";
    if ("true".equals(System.getenv("CI"))) throw new IllegalStateException(reason);
    LOG.warn("skipped: {}", reason);
    Assumptions.abort(reason);
    return new TestAbortedException(reason);
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(given -> !given.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("sluice/servers");
  }
}
