package io.sluice.launcher;

/**
 * For exact numbers that a pause of the machine spoils: a request that seems to hang is made a
 * second time, a disk that seems to be slow is not written to. Then all is done once more from the
 * start.
 */
final class Attempts {
  private static final int MOST = 5;

  private Attempts() {}

  /** Done from the start, in directories of its own. */
  interface Scenario {
    /** Says whether nothing has disturbed it; throws where it shows an error. */
    boolean isUndisturbed() throws Exception;
  }

  static void untilUndisturbed(Scenario scenario) throws Exception {
    for (int i = 0; i < MOST; i++) if (scenario.isUndisturbed()) return;
    throw new AssertionError("disturbed " + MOST + " times");
  }
}
