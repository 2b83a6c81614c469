package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as a process of its own, made from the jars that are installed. */
final class SluiceProcess {
  /** Generous: the machines that run tests are small and busy. */
  private static final Duration LIMIT = Duration.ofSeconds(150);

  private final Process process;
  private final Path output;

  private SluiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Where the build puts what the program runs from. */
  static Path installation() {
    return Path.of("target", "sluice", "lib").toAbsolutePath();
  }

  /**
   * Before a command: who starts the tests may ignore signals (nohup, a job in the background of a
   * script), and what is ignored stays so in all processes below.
   */
  static final List<String> WITH_SIGNALS = List.of("env", "--default-signal=HUP,INT,TERM");

  private static final List<String> USUAL =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** The command line that starts it. */
  static List<String> command() {
    return command(installation());
  }

  /** The same from another directory of jars. */
  static List<String> command(Path jars) {
    return command(jars, USUAL, AotCache.flagsOf(jars));
  }

  /** The same with more options of the JVM. */
  static List<String> commandWith(List<String> options) {
    return command(installation(), USUAL, options);
  }

  /** The same with the heap that the script {@code sluice} gives get, put and cp. */
  static List<String> streamingCommand() {
    List<String> streaming =
        List.of(
            "-Xms32m",
            "-Xmx2g",
            "-XX:MaxDirectMemorySize=96m",
            "-XX:+UseSerialGC",
            "-Xmn8m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=15");
    return command(installation(), streaming, AotCache.flagsOf(installation()));
  }

  private static List<String> command(Path jars, List<String> flags, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(more);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", jars + "/*"));
    command.add("io.sluice.launcher.Main");
    return List.copyOf(command);
  }

  static SluiceProcess start(Path scratch, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(arguments));
    return start(scratch, variables, command);
  }

  /** Starts a command with nothing in its environment but what a login has, and the variables. */
  static SluiceProcess start(Path scratch, Map<String, String> variables, List<String> command)
      throws IOException {
    Path output = Files.createTempFile(scratch, "output", ".txt");
    List<String> all = new ArrayList<>(WITH_SIGNALS);
    all.addAll(command);
    var builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(output.toFile()).redirectInput(Path.of("/dev/null").toFile());
    setLogin(builder.environment(), scratch);
    builder.environment().putAll(variables);
    return new SluiceProcess(builder.start(), output);
  }

  /** In another locale the JVM cannot open files whose names are not ASCII. */
  static void setLogin(Map<String, String> environment, Path home) {
    environment.keySet().retainAll(List.of("PATH"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", home.toString());
  }

  /** Returns when it says that it is mounted. */
  SluiceProcess awaitMounted() throws Exception {
    Await.until(
        LIMIT,
        () -> output().contains("sluice: mounted") || !process.isAlive(),
        () -> "not mounted: " + output());
    assertThat(output()).contains("sluice: mounted");
    return this;
  }

  int awaitExit() throws Exception {
    return awaitExit(LIMIT);
  }

  int awaitExit(Duration limit) throws Exception {
    assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
        .as("ends within %s: %s", limit, output())
        .isTrue();
    return process.exitValue();
  }

  /** Whether a signal ended it, and the machine was too busy to undo in time what was begun. */
  boolean hasLeftSomething() throws IOException {
    return output().contains("left behind: ") && output().contains("it takes too long");
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** To all processes of its group, as Ctrl-C does. */
  void signalGroup(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, "--", "-" + process.pid()).start().waitFor();
  }

  /** Everything it has written so far, to both streams. */
  String output() throws IOException {
    return Files.readString(output);
  }

  List<String> lines() throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      return lines.toList();
    }
  }

  /** Ends it in the way it is meant to, and says so if it does not. */
  void stop() throws Exception {
    signal("TERM");
    assertThat(awaitExit()).as(output()).isEqualTo(0);
  }

  void end() throws Exception {
    if (!process.isAlive()) return;
    process.destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
  }
}
