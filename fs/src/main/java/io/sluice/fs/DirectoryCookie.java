package io.sluice.fs;

/**
 * Where in a directory a reader is: the {@code offset} of readdir. 0 is before ".", 1 before "..";
 * then page and row, so that a page that is read again does not move those after it.
 */
record DirectoryCookie(int page, int row) {
  /** Pages hold 1000 rows, and seldom more than that where one is read again. */
  private static final int ROW_BITS = 20;

  private static final int DOTS = 2;
  static final long FIRST_ROW = DOTS;

  DirectoryCookie {
    if (page < 0 || row < 0 || row >= 1 << ROW_BITS)
      throw new IllegalArgumentException("not a place in a directory: " + page + ", " + row);
  }

  /** Whether an offset can have come from here. */
  static boolean isValid(long offset) {
    return offset >= 0 && offset >> ROW_BITS < Integer.MAX_VALUE;
  }

  /** From an offset of {@link #FIRST_ROW} or more. */
  static DirectoryCookie at(long offset) {
    long place = offset - DOTS;
    return new DirectoryCookie(
        Math.toIntExact(place >>> ROW_BITS), (int) (place & ((1 << ROW_BITS) - 1)));
  }

  long offset() {
    return ((long) page << ROW_BITS | row) + DOTS;
  }
}
