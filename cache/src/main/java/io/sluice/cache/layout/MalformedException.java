package io.sluice.cache.layout;

/** Bytes that are not what they seemed to be; ends in {@link LayoutSearch.NoLayout}. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedException() {
    super("malformed", null, false, false); // nobody sees it: what it is worth is no trace
  }
}
