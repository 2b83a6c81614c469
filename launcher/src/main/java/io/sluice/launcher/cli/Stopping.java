package io.sluice.launcher.cli;

import java.time.Duration;

/** Whether somebody wants it to stop. Safe for use by many threads. */
public interface Stopping {
  /** Nobody ever does. */
  Stopping NEVER = _ -> false;

  /** Waits so long for that; true as soon as somebody does. */
  boolean comesWithin(Duration most) throws InterruptedException;

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
