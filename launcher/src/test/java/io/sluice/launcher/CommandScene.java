package io.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What each test of a command has that is given something, tells something, and ends. */
abstract class CommandScene extends MountScene {
  private static final String PROGRESS = ".*\\d MB/s.*";

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** What became of a command: its exit code, and its two streams apart. */
  record Ran(int code, String out, String err) {
    Ran hasCode(ExitCode expected) {
      assertThat(code).as(out + err).isEqualTo(expected.number());
      return this;
    }

    Ran says(String... words) {
      for (String some : words) assertThat(err).contains(some);
      return this;
    }

    /** Beside how far it is, which is told every 5 s. */
    Ran saysOneLine(String words) {
      assertThat(err.lines().filter(line -> !isProgress(line))).as(err).hasSize(1);
      return says(words);
    }

    private static boolean isProgress(String line) {
      return line.matches(PROGRESS);
    }

    List<String> lines() {
      return out.lines().toList();
    }
  }

  /** Runs the program to its end, where it finds the server and may use it. */
  Ran run(String... arguments) throws Exception {
    return runWith(server().environment(), arguments);
  }

  Ran runWith(Map<String, String> variables, String... arguments) throws Exception {
    return runCommand(LIMIT, variables, arguments);
  }

  /** Runs the program to its end where that takes its time. */
  Ran runWithin(Duration limit, String... arguments) throws Exception {
    return runCommand(limit, server().environment(), arguments);
  }

  private Ran runCommand(Duration limit, Map<String, String> variables, String[] arguments)
      throws Exception {
    List<String> command = new ArrayList<>(SluiceProcess.WITH_SIGNALS);
    command.addAll(SluiceProcess.command());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    SluiceProcess.setLogin(builder.environment(), scratch);
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      boolean hasEnded = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      assertThat(hasEnded).as("it ends within %s: %s%s", limit, read(out), read(err)).isTrue();
      return new Ran(process.exitValue(), read(out), read(err));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }

  void put(String key, String text) {
    server().put(BUCKET, key, text.getBytes(UTF_8));
  }
}
