package io.sluice.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The real program, mounting the bucket as a process of its own, as a user would start it. */
final class MountProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);

  /** It gives those who use the mount some seconds to stop. */
  private static final Duration END = Duration.ofSeconds(30);

  private final Process process;

  /** Counted down when it is mounted, and when it has ended. */
  private final CountDownLatch decided = new CountDownLatch(1);

  private final AtomicReference<String> lastLine = new AtomicReference<>("");
  private volatile boolean isMounted;

  private MountProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts {@code program mount} and returns when it is mounted.
   *
   * @param say where its own lines go
   */
  static MountProcess start(Path program, Place place, String endpoint, PrintStream say)
      throws IOException, DemoException {
    var builder =
        new ProcessBuilder(
            program.toString(),
            "mount",
            "--bucket",
            DemoServer.BUCKET,
            "--mount-point",
            place.mountPoint().toString(),
            "--data-dir",
            place.dataDirectory().toString(),
            "--endpoint-url",
            endpoint,
            "--log-level",
            "warn");
    Map<String, String> environment = builder.environment();
    // The user's own settings are for the user's own buckets.
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("SLUICE_"));
    environment.put("AWS_ACCESS_KEY_ID", DemoServer.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", DemoServer.SECRET_KEY);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var mount = new MountProcess(builder.start());
    Thread.ofVirtual().name("mount-stderr").start(() -> mount.follow(say));
    try {
      mount.awaitMounted();
      return mount;
    } catch (DemoException e) {
      mount.close();
      throw e;
    }
  }

  private void follow(PrintStream say) {
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lastLine.set(line);
        if (line.startsWith("sluice: mounted")) {
          isMounted = true;
          decided.countDown();
        } else if (isMounted) {
          say.println(line);
        }
      }
    } catch (IOException e) {
      say.println("the lines of the mount cannot be read: " + e.getMessage());
    } finally {
      decided.countDown();
    }
  }

  private void awaitMounted() throws DemoException {
    try {
      if (!decided.await(READY.toSeconds(), TimeUnit.SECONDS))
        throw new DemoException("the mount is not ready within " + READY.toSeconds() + " s");
      if (isMounted) return;
      boolean hasEnded = process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
      throw new DemoException(lastLine.get(), hasEnded ? Math.max(1, process.exitValue()) : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted");
    }
  }

  /** Returns when it has ended, because somebody has unmounted it. */
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** The most memory it has had so far, in bytes. */
  long peakMemory() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process.pid() + "", "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Ends it, which unmounts, and waits for that. */
  @Override
  public void close() {
    process.destroy();
    boolean wasInterrupted = false;
    while (true) {
      try {
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        break;
      } catch (InterruptedException _) {
        wasInterrupted = true; // it ends by itself, and it has to be waited for
      }
    }
    if (wasInterrupted) Thread.currentThread().interrupt();
  }
}
