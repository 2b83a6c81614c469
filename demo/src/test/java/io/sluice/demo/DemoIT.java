package io.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.fuse.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process, with the real program: what it shows, and that nothing stays behind. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DemoIT {
  private static final long LIMIT_SECONDS = 90;
  private static final int ATTEMPTS = 4;

  @TempDir Path scratch = Path.of("");

  private final List<Process> started = new ArrayList<>();
  private Path place = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void makeDirectories() throws IOException {
    place = Files.createDirectory(scratch.resolve("place"));
    output = scratch.resolve("output");
  }

  @AfterEach
  void endWhatRuns() throws Exception {
    for (Process process : started) {
      process.destroy();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
  }

  /** A program that mounts, as ./sluice does, from the jars that the build has installed. */
  private Path program() throws IOException {
    Path jars = Path.of("..", "launcher", "target", "sluice", "lib").toRealPath();
    return script(
        "exec %s -Xmx128m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '%s/*'"
                .formatted(java(), jars)
            + " io.sluice.launcher.Main \"$@\"");
  }

  private Path script(String line) throws IOException {
    Path script = Files.writeString(scratch.resolve("program"), "#!/bin/sh\n" + line + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private Process demo(Path program, String... options) throws IOException {
    // Whoever starts the tests may ignore signals, and so would all below.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
    command.add(java().toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", "target/sluice/lib/*"));
    command.add("io.sluice.demo.Main");
    command.addAll(List.of(options));
    if (!command.contains("--size")) command.addAll(List.of("--size", "16MiB"));
    if (!command.contains("--dir")) command.addAll(List.of("--dir", place.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SLUICE_PROGRAM", program.toString());
    // Settings for another bucket must not lead the demo astray.
    builder.environment().put("AWS_PROFILE", "no-such-profile");
    builder.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private int exitCode(Process process) throws Exception {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(output);
  }

  private void awaitSaid(Process process, String text) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (process.isAlive() && !said().contains(text) && System.nanoTime() - deadline < 0)
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(said()).contains(text);
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files).isEmpty();
    }
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(place.toString());
  }

  @Test
  @Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void onceShowsATableAndEndsWithCode0() throws Exception {
    for (int i = 1; i < ATTEMPTS && !isShownUndisturbed(); i++) {}
    assertThat(said())
        // What seems to hang on a busy machine is fetched once more.
        .containsPattern(
            "cold +\\d+\\.\\d\\d +\\d+ +[1-9]\\d* +(16\\.8|1[7-9]\\.\\d|[23]\\d\\.\\d)")
        .containsPattern("again \\(.*\\) +\\d+\\.\\d\\d +\\d+ +0 +0\\.0")
        .containsPattern("after a restart \\(.*\\) +\\d+\\.\\d\\d +\\d+ +0 +0\\.0")
        .containsPattern("Peak memory of the mount: \\d+ MiB. All 6 files had the right SHA-256");
    assertNothingIsLeft();
  }

  /**
   * Whether nothing was fetched twice, in the end while the next reading was counted already, and
   * all was kept; a disk that is held up seems slow, and is not written to.
   */
  private boolean isShownUndisturbed() throws Exception {
    Process demo = demo(program(), "--once");
    assertThat(exitCode(demo)).as(said()).isEqualTo(0);
    return said().contains(" 16.8\n") && !said().contains("slower than the store");
  }

  @Test
  void itStaysMountedUntilASignalAndThenRemovesEverything() throws Exception {
    Process demo = demo(program());
    awaitSaid(demo, "Ctrl-C unmounts it and removes everything.");
    Path mountPoint = mountPoint();
    assertThat(MountTable.isMounted(mountPoint)).isTrue();
    assertThat(Files.size(mountPoint.resolve("config.json"))).isPositive();
    demo.destroy();
    exitCode(demo);
    assertNothingIsLeft();
  }

  @Test
  void aSignalInTheMiddleRemovesEverythingToo() throws Exception {
    Process demo = demo(program(), "--size", "128MiB");
    awaitSaid(demo, "Mounted at");
    demo.destroy();
    exitCode(demo);
    assertNothingIsLeft();
  }

  @Test
  void aMountThatFailsIsSaidInOneLineWithItsExitCode() throws Exception {
    Process demo = demo(script("echo 'sluice: no /dev/fuse: get one' >&2; exit 6"), "--once");
    assertThat(exitCode(demo)).isEqualTo(6);
    assertThat(said()).endsWith("sluice: no /dev/fuse: get one\n");
    assertNothingIsLeft();
  }

  @Test
  void aDirectoryThatIsNotThereIsRefused() throws Exception {
    Process demo = demo(program(), "--dir", scratch.resolve("missing").toString());
    assertThat(exitCode(demo)).isNotEqualTo(0);
    assertThat(said()).contains("sluice demo: ");
    assertNothingIsLeft();
  }

  private Path mountPoint() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.findFirst().orElseThrow().resolve("models");
    }
  }
}
