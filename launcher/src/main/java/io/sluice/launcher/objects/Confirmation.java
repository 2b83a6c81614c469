package io.sluice.launcher.objects;

import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ShownKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Asks whoever sits at the terminal before much is deleted. */
interface Confirmation {
  /** Whether to go on; an end of the input is a no. */
  boolean isGiven(long count, long bytes, String where) throws IOException;

  /** Whether the standard input is a terminal, so that there is somebody to be asked. */
  static boolean isPossible() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException _) {
      return false;
    }
  }

  /** By a question on the error stream and a line of the standard input. */
  static Confirmation byTerminal(PrintWriter err) {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return (count, bytes, where) -> {
      err.print(
          "delete %,d objects, %s, of %s? [y/N] "
              .formatted(count, new ByteSize(bytes), ShownKey.of(where)));
      err.flush();
      String answer = in.readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    };
  }
}
