package io.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What each test of a command has that is given something, tells something, and ends. */
abstract class CommandScene extends MountScene {
  private static final long LIMIT_SECONDS = 60;

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

    Ran saysOneLine(String words) {
      assertThat(err.lines()).as(err).hasSize(1);
      return says(words);
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
    return runCommand(variables, arguments, List.of());
  }

  /** The program behind other words: {@code script -qec}, for instance. */
  Ran runCommand(Map<String, String> variables, String[] arguments, List<String> before)
      throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(SluiceProcess.command(SluiceProcess.installation()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "LANG"));
    Map<String, String> all = new HashMap<>(variables);
    all.putIfAbsent("HOME", scratch.toString());
    builder.environment().putAll(all);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
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
