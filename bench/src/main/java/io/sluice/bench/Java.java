package io.sluice.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of this module's own programs, each run in a JVM of its own. */
final class Java {
  // A small heap and no collector threads: what the mount itself runs with.
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=256m", "--enable-native-access=ALL-UNNAMED");

  private static final int HEAP_MIB = 128;

  private Java() {}

  static List<String> command(Class<?> main, String... arguments) {
    return command(HEAP_MIB, main, arguments);
  }

  static List<String> command(int heapMebibytes, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(tool("java").toString());
    command.add("-Xmx" + heapMebibytes + "m");
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** A program of the JDK that runs this. */
  static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }
}
