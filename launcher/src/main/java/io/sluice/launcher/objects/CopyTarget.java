package io.sluice.launcher.objects;

/**
 * What a copy is called where it goes; pure. As {@code aws s3 cp} and {@code cp} have it:
 *
 * <pre>
 *   what is copied          to  d/         to  d
 *   a/x                     d/x            d
 *   below a: a/b/x          d/b/x          d/b/x
 *   several, below a: b/x   d/a/b/x        refused
 *   a/*: a/x, a/** : a/b/x  d/x, d/b/x     refused
 * </pre>
 *
 * @param base a key, or the path of a file; empty for the whole bucket
 * @param isDirectory whether things keep their names below it, for a slash at its end or because it
 *     is a directory that is there
 */
record CopyTarget(String base, boolean isDirectory) {
  /**
   * Where something is found, as the command was told to look for it.
   *
   * @param relative to what was named; empty where it is that itself
   * @param name its own, for what is named itself
   */
  record Found(String relative, String name) {
    /** One of several that were named: what is below each stays below its name. */
    Found below(String named) {
      return relative.isEmpty() ? this : new Found(named + "/" + relative, name);
    }
  }

  /** Whether it takes the place that was named, and no name below it. */
  boolean isItself(Found found) {
    return found.relative().isEmpty() && !isDirectory;
  }

  /** Below the base. */
  static String below(Found found) {
    return found.relative().isEmpty() ? found.name() : found.relative();
  }

  /** In all, as a key. */
  String key(Found found) {
    if (isItself(found)) return base;
    return base.isEmpty() || base.endsWith("/") ? base + below(found) : base + "/" + below(found);
  }
}
