package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 5 TiB, as a sparse file: what it takes does not grow with it. */
final class LargestUploadTest {
  private static final long SIZE = 5L << 40;
  private static final int PARTS = 9_987; // of 525 MiB

  @TempDir Path directory;

  @Test
  void theLargestFileTakesAHeapOf64MebibytesAndALineForEachPart() throws Exception {
    Path file = directory.resolve("file");
    assumeTrue(isMade(file), "this file system takes no sparse file of 5 TiB");
    Path log = directory.resolve("log");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargestUpload.class.getName(),
                file.toString(),
                directory.resolve("state").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(log.toFile());
    // What others say to every JVM would be said again in between, and might change its heap.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process program = builder.start();
    try {
      assertThat(program.waitFor(600, TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }
    List<String> said = Files.readAllLines(log);
    assertThat(said).hasSize(3);
    // Those that were under way when the first life ended are sent by the second.
    assertThat(number(said.get(0)) + number(said.get(1))).isEqualTo(PARTS);
    assertThat(number(said.get(0))).isBetween(PARTS / 2L, PARTS / 2L + 8);
    // All that was ever written is in it, since it is appended to only.
    assertThat(number(said.get(2))).isLessThan(150L * PARTS + 1_000);
    assertThat(directory.resolve("state")).doesNotExist();
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }

  private static boolean isMade(Path file) throws IOException {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(SIZE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
