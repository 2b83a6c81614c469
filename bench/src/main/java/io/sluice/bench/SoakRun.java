package io.sluice.bench;

import static io.sluice.bench.Soak.say;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What happens in a soak, one thing after the other, and the eye that is kept on it. */
final class SoakRun {
  // Longer than every limit of the product: a read that fails takes some retries' time.
  private static final int STUCK_SECONDS = 180;
  private static final int RECOVER_SECONDS = 90;
  private static final int CALM_SECONDS = 5;

  private final World world;
  private final Random random;
  private long startNanos;
  private long minute;
  private int seen;

  /** All that can go wrong, and those who notice. */
  record World(
      SoakFiles files, SoakFaults faults, SoakDisk disk, SoakMounts mounts, Child readers) {}

  /** What is done to the mounts. */
  private enum Event {
    NOTHING,
    DISK_FULL,
    REPLACE,
    KILL;

    /** A mount is killed once in two minutes or so: what leaks has to live for a while. */
    static final int TICKETS = 12;

    static Event drawn(int ticket) {
      return switch (ticket) {
        case 0, 1, 2 -> NOTHING;
        case 3, 4, 5, 6 -> DISK_FULL;
        case 7, 8, 9, 10 -> REPLACE;
        default -> KILL;
      };
    }
  }

  SoakRun(World world, long seed) {
    this.world = world;
    this.random = new Random(seed);
  }

  /**
   * Lets things happen for some minutes, and then waits until all is well again.
   *
   * @throws IOException where a mount or the readers have ended, or got stuck, or do not recover
   */
  SoakStatus run(int minutes) throws IOException, InterruptedException {
    startNanos = System.nanoTime();
    long deadline = startNanos + TimeUnit.MINUTES.toNanos(minutes);
    while (System.nanoTime() < deadline) {
      boolean on = random.nextInt(3) > 0;
      world.faults().turn(on);
      Event event = Event.drawn(random.nextInt(Event.TICKETS));
      seen++;
      say(seconds() + " s: " + event + ", the store " + (on ? "fails" : "is well"));
      begin(event);
      pass(2 + random.nextInt(8));
      if (event == Event.DISK_FULL) world.disk().empty();
      pass(1 + random.nextInt(4));
    }
    world.faults().turn(false);
    say("calm after %d events".formatted(seen));
    return recovered();
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
  }

  private void begin(Event event) throws IOException, InterruptedException {
    world.mounts().forget();
    switch (event) {
      case NOTHING -> {}
      case DISK_FULL -> world.disk().fill();
      case KILL -> world.mounts().kill(random);
      case REPLACE -> world.files().replace(SoakFiles.keys().get(random.nextInt(SoakFiles.COUNT)));
    }
  }

  /** Lets some seconds pass, and looks after all each second. */
  private void pass(int seconds) throws IOException, InterruptedException {
    for (int i = 0; i < seconds; i++) {
      TimeUnit.SECONDS.sleep(1);
      look();
    }
  }

  private SoakStatus look() throws IOException {
    SoakStatus status = status();
    List<Long> rss = world.mounts().sample();
    long now = seconds() / 60;
    if (now > minute) {
      minute = now;
      say("minute %d: %s; RSS MiB %s".formatted(minute, status.text(), rss));
    }
    if (status.waitingSeconds() > STUCK_SECONDS)
      throw new IOException(
          "a reader got nothing for " + status.waitingSeconds() + " s; " + status.text());
    return status;
  }

  private SoakStatus status() throws IOException {
    String output = world.readers().output();
    if (!world.readers().isAlive()) throw new IOException("the readers have ended:\n" + output);
    return SoakStatus.last(output);
  }

  /** What it comes to, once nothing fails any more for a while. */
  private SoakStatus recovered() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECOVER_SECONDS);
    while (System.nanoTime() < deadline) {
      SoakStatus before = look();
      pass(CALM_SECONDS);
      SoakStatus after = look();
      boolean well = after.failures() == before.failures() && after.reads() > before.reads();
      if (well && after.waitingSeconds() < CALM_SECONDS) return after;
    }
    throw new IOException("reads still fail without any fault; " + status().text());
  }
}
