package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** Maps a file; then for each position that comes in, says which character is there. */
final class MappingChild {
  private MappingChild() {}

  public static void main(String[] arguments) throws IOException {
    try (var file = FileChannel.open(Path.of(arguments[0]));
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      var mapping = file.map(MapMode.READ_ONLY, 0, file.size());
      for (String line; (line = in.readLine()) != null; ) {
        try {
          System.out.println((char) mapping.get(Integer.parseInt(line)));
        } catch (InternalError _) {
          System.out.println("fault");
        }
      }
    }
  }
}
