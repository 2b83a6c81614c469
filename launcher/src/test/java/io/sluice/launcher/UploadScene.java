package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of five parts, a server of S3, and the program that sends the one to the other. */
@Timeout(300)
abstract class UploadScene {
  static final Duration SOON = Duration.ofSeconds(60);
  static final String BUCKET = "models";
  static final String KEY = "llama/model.bin";
  static final int PART = 5 << 20;
  static final int SIZE = 4 * PART + 1_000_000;

  @TempDir Path scratch = Path.of("");
  Path file = Path.of("");
  Path state = Path.of("");
  private final List<SluiceProcess> started = new ArrayList<>();
  private @Nullable UploadServer server;

  @BeforeEach
  final void setTheScene() throws Exception {
    file = Files.write(scratch.resolve("model.bin"), bytes(SIZE));
    state = scratch.resolve("up.state");
    server = UploadServer.start(scratch.resolve("bucket"), BUCKET);
  }

  UploadServer server() {
    return Objects.requireNonNull(server, "the scene is set");
  }

  @AfterEach
  final void leaveNothingBehind() throws Exception {
    for (SluiceProcess process : started) process.end();
    server().end();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** In an environment without any server. */
  SluiceProcess sluice(String... arguments) throws IOException {
    return sluiceWith(UploadServer.keys(), arguments);
  }

  SluiceProcess sluiceWith(Map<String, String> variables, String... arguments) throws IOException {
    var all = new HashMap<>(variables);
    all.putIfAbsent("AWS_EC2_METADATA_DISABLED", "true");
    SluiceProcess process = SluiceProcess.start(scratch, all, arguments);
    started.add(process);
    return process;
  }

  /** One part at a time, each of {@link #PART} bytes, and no patience. */
  String[] starting(String object, String endpoint, String... more) {
    List<String> all =
        new ArrayList<>(List.of("upload", "start", file.toString(), object, "--state-file"));
    all.addAll(List.of(state.toString(), "--override-part-size", Integer.toString(PART)));
    all.addAll(List.of("-c", "1", "--patience", "0"));
    if (!endpoint.isEmpty()) all.addAll(List.of("--endpoint-url", endpoint));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  SluiceProcess resume(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("upload", "resume", "--state-file"));
    all.addAll(List.of(state.toString(), "--patience", "0"));
    all.addAll(List.of(more));
    return sluice(all.toArray(String[]::new));
  }

  static void assertExit(SluiceProcess process, ExitCode code, String... said) throws Exception {
    int exit = process.awaitExit();
    assertThat(exit).as(process.output()).isEqualTo(code.number());
    for (String words : said) assertThat(process.output()).contains(words);
  }

  /** The command that goes on, as it is printed. */
  String goOn() {
    return "sluice upload resume --state-file " + state;
  }
}
