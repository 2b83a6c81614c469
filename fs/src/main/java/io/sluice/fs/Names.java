package io.sluice.fs;

import java.nio.charset.StandardCharsets;

/** Which names a directory can show: what the kernel can carry and give back unharmed. */
public final class Names {
  /** What the kernel takes as one component of a path, in bytes of UTF-8 (NAME_MAX). */
  static final int MAX_BYTES = 255;

  /** The most bytes of UTF-8 that one {@code char} stands for. */
  private static final int MAX_BYTES_PER_CHAR = 3;

  private Names() {}

  /** Whether a mount shows a key as a file: each part between its slashes is a name. */
  public static boolean isPath(String key) {
    for (String name : key.split("/", -1)) if (!isShown(name)) return false;
    return true;
  }

  static boolean isTooLong(String name) {
    if (name.length() * MAX_BYTES_PER_CHAR <= MAX_BYTES) return false;
    return name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  /** Whether a name can stand in a directory: one component, not "." or "..", and valid text. */
  static boolean isShown(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && !isTooLong(name)
        && isText(name);
  }

  /** Half a surrogate pair has no UTF-8: it would come back from the kernel as another name. */
  private static boolean isText(String name) {
    return name.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
