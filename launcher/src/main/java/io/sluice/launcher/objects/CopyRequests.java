package io.sluice.launcher.objects;

/**
 * How many requests copies have, so that none waits long for its turn: one that does is taken for a
 * store that does not answer. Pure.
 *
 * @param objects at once; of these at most {@value #LARGE} large ones
 * @param ofLarge requests of each large one
 */
record CopyRequests(int objects, int ofLarge) {
  /** Each keeps its connections busy; the second does while the first begins or ends. */
  static final int LARGE = 2;

  /**
   * The requests of a command, shared by what it copies.
   *
   * @param requests 1 at least
   * @param isAlone whether it is about one object
   */
  static CopyRequests of(int requests, boolean isAlone) {
    return new CopyRequests(requests, isAlone ? requests : Math.max(1, requests / LARGE));
  }

  /** For how many a bucket is opened: large ones beside as many others as there can be. */
  int turns() {
    return Math.max(0, objects - LARGE) + LARGE * ofLarge;
  }
}
