package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of a directory can become objects. */
@Timeout(60)
final class LocalTreeTest {
  @TempDir private Path directory;

  private final List<String> files = new ArrayList<>();
  private final List<String> unusable = new ArrayList<>();

  private final LocalTree.Taker taker =
      new LocalTree.Taker() {
        @Override
        public void file(Path file, long size) {
          files.add(directory.relativize(file).toString());
        }

        @Override
        public void unusable(String why) {
          unusable.add(why);
        }

        @Override
        public void empty(Path directory) {}
      };

  @Test
  void namesThatAreNoTextAreLeftOutAndSaid() throws Exception {
    Files.writeString(directory.resolve("good"), "1");
    // No path of Java's makes such names.
    var shell =
        new ProcessBuilder(
            "sh", "-c", "printf 1 > \"$(printf 'a\\377')\" && printf 2 > \"$(printf 'a\\376')\"");
    Process names = shell.directory(directory.toFile()).start();
    assertThat(names.waitFor()).isZero();
    LocalTree.walk(directory, taker);
    assertThat(files).containsExactly("good");
    assertThat(unusable).hasSize(2).allMatch(line -> line.contains("no UTF-8"));
  }
}
