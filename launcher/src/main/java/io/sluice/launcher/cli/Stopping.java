package io.sluice.launcher.cli;

import java.time.Duration;

/** Whether somebody wants it to stop. Safe for use by many threads. */
public interface Stopping {
  /** Nobody ever does. */
  Stopping NEVER = _ -> false;

  /** Waits so long for that; true as soon as somebody does. */
  boolean comesWithin(Duration most) throws InterruptedException;

  /**
   * Whether it has come, also where it is still on its way inside this process; for where being
   * wrong costs something. May wait for seconds where the process is held up, as a rule it does
   * not.
   */
  default boolean wasSent() throws InterruptedException {
    return comesWithin(Duration.ZERO);
  }

  /** Whether it has come already: then nothing more is to be begun. */
  default boolean hasCome() {
    try {
      return comesWithin(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true; // whoever interrupts wants it, too
    }
  }
}
