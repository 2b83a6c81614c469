package io.sluice.launcher.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Whether a path can be said in characters: names of files are bytes, keys and states are text. */
public final class TextPath {
  private TextPath() {}

  /** False where bytes are no character: all such would be the same one. */
  public static boolean isText(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
