package io.sluice.launcher.mount;

/** Permission bits as chmod takes them: {@code 644}, {@code 0444}, {@code 0o555}. */
public record PermissionBits(int bits) {
  private static final int ALL = 0777;

  public PermissionBits {
    if ((bits & ~ALL) != 0)
      throw new IllegalArgumentException("not permission bits: 0" + Integer.toOctalString(bits));
  }

  /**
   * Reads octal permission bits.
   *
   * @throws IllegalArgumentException where they are none, with what to write instead
   */
  public static PermissionBits parse(String text) {
    String digits = text.strip();
    if (digits.startsWith("0o")) digits = digits.substring(2);
    if (!digits.matches("0?[0-7]{1,3}"))
      throw new IllegalArgumentException(
          "'" + text + "' are not permission bits: write them in octal, like 0444 or 755");
    return new PermissionBits(Integer.parseInt(digits, 8));
  }

  /** What a mask of this value leaves of a mode. */
  int maskedFrom(int mode) {
    return mode & ~bits;
  }
}
