package io.sluice.fs;

/**
 * The order in which a directory shows its names: as if each ended with "/", by the bytes of its
 * UTF-8. It is the order in which a listing can *settle* them: "a" may still turn out to be a
 * directory until the store, which goes by whole keys, has passed "a/".
 *
 * <pre>
 *   keys:   a   a-1   a.txt   a/x   a0
 *   names:      a-1   a.txt   a     a0
 * </pre>
 */
final class ListingOrder {
  private ListingOrder() {}

  /** Compares names, as if each ended with "/". */
  static int ofNames(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) return ofChars(l, r);
    }
    if (left.length() == right.length()) return 0;
    return left.length() == common
        ? ofChars('/', right.charAt(common))
        : ofChars(left.charAt(common), '/');
  }

  /** Compares keys, byte for byte, as stores list them. */
  static int ofKeys(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) return ofChars(l, r);
    }
    return Integer.compare(left.length(), right.length());
  }

  /**
   * The order of UTF-8 is the order of code points. That of {@code char} differs in one place:
   * surrogates stand for what lies above everything, yet U+E000 to U+FFFF are larger.
   */
  private static int ofChars(char left, char right) {
    boolean leftIsHigher = Character.isSurrogate(left);
    boolean rightIsHigher = Character.isSurrogate(right);
    if (leftIsHigher == rightIsHigher) return Character.compare(left, right);
    return leftIsHigher ? 1 : -1;
  }
}
