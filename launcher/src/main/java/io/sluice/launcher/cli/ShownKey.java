package io.sluice.launcher.cli;

import java.util.Locale;

/**
 * A key, or any text of a store, as it may be printed: a key may hold anything, and what is printed
 * raw could move the cursor, change colours or pretend to be another line. Pure.
 */
public final class ShownKey {
  private ShownKey() {}

  /** Control characters, separators of lines and half surrogates become escapes: {@code \n}. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(ShownKey::isUnsafe)) return text;
    var shown = new StringBuilder();
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // turns the direction of what follows
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void append(StringBuilder shown, int c) {
    if (!isUnsafe(c)) {
      shown.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> shown.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", c));
    }
  }
}
