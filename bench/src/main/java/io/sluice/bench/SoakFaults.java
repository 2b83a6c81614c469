package io.sluice.bench;

import java.util.Random;

/** Which answers of the store go wrong: some of them, and only while faults are on. */
final class SoakFaults implements Fault.Source {
  /** One in so many answers. */
  private static final int RARITY = 12;

  private static final Fault[] KINDS = {
    Fault.BUSY, Fault.BROKEN, Fault.RESET, Fault.SHORT, Fault.STALL, Fault.SLOW
  };

  private final Random random;
  private volatile boolean on;

  SoakFaults(long seed) {
    this.random = new Random(seed);
  }

  void turn(boolean faults) {
    on = faults;
  }

  @Override
  public Fault next() {
    if (!on) return Fault.NONE;
    synchronized (random) {
      return random.nextInt(RARITY) == 0 ? KINDS[random.nextInt(KINDS.length)] : Fault.NONE;
    }
  }
}
