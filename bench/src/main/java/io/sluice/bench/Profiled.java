package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A mount that tells on its way out where its CPU went: by thread, and by Java method. */
record Profiled(Mount mount, Scratch scratch) implements View.OfMount {
  // CPU-time samples, other than those of the wall clock, see time spent in native code too.
  static final String JVM_OPTIONS =
      "-XX:StartFlightRecording:jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms";

  private static final int THREADS_SHOWN = 12;

  @Override
  public void close() {
    try {
      System.err.print(threads(Path.of("/proc", Long.toString(mount.pid()), "task")));
      System.err.println(total(mount.usage()));
      Path recording = scratch.at("mount.jfr");
      Child.run(
          scratch.at("profile.log"),
          Java.tool("jcmd").toString(),
          Long.toString(mount.pid()),
          "JFR.dump",
          "filename=" + recording);
      String jfr = Java.tool("jfr").toString();
      System.err.println(
          Child.run(
              scratch.at("profile.log"),
              jfr,
              "view",
              "--width",
              "140",
              "cpu-time-hot-methods",
              recording.toString()));
    } catch (IOException e) {
      System.err.println("no profile: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      mount.close();
    }
  }

  private static String total(Usage usage) {
    return "  %-20s %6.2f %6.2f%n"
        .formatted("all, ended ones too", usage.userSeconds(), usage.systemSeconds());
  }

  /** CPU seconds of living threads whose names differ in numbers only, taken together. */
  static String threads(Path tasks) throws IOException {
    Map<String, double[]> byName = new TreeMap<>();
    List<Path> threads;
    try (Stream<Path> all = Files.list(tasks)) {
      threads = all.toList();
    }
    for (Path thread : threads) {
      String stat;
      try {
        stat = Files.readString(thread.resolve("stat"));
      } catch (IOException e) {
        // It has ended since it was listed, and its time is not there to be told.
        continue;
      }
      Usage usage = Usage.parse(stat, "");
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      double[] sums = byName.computeIfAbsent(name.replaceAll("\\d+", "*"), _ -> new double[2]);
      sums[0] += usage.userSeconds();
      sums[1] += usage.systemSeconds();
    }
    StringBuilder text = new StringBuilder("CPU seconds by thread (user, system):\n");
    byName.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue()[0] - entry.getValue()[1]))
        .limit(THREADS_SHOWN)
        .forEach(
            entry ->
                text.append(
                    "  %-20s %6.2f %6.2f%n"
                        .formatted(entry.getKey(), entry.getValue()[0], entry.getValue()[1])));
    return text.toString();
  }
}
