package io.sluice.launcher.cli;

import io.sluice.fs.fuse.FuseMount;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT, SIGTERM and SIGHUP (the terminal is closed): once there is something to clean up, they
 * are a request to stop. Before that, and when given a second time, they end the process at once.
 *
 * <p>Handlers rather than a shutdown hook, because a JVM that shuts down over a signal exits with
 * 128 + its number, and does not notice a second one.
 */
public final class StopSignals implements Stopping {
  /** Longer than anything that runs is held up; then what is known has to do. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean hasBegun = new AtomicBoolean();
  private final AtomicReference<@Nullable Signal> first = new AtomicReference<>();

  private final AtomicReference<Runnable> onSignal = new AtomicReference<>(() -> {});

  StopSignals() {}

  public static StopSignals install() {
    var signals = new StopSignals();
    for (Signal signal : Signal.values())
      Signals.handle(signal.name(), () -> signals.arrived(signal));
    return signals;
  }

  void arrived(Signal signal) {
    boolean isSecond = !first.compareAndSet(null, signal);
    if (isSecond || !hasBegun.get()) Runtime.getRuntime().halt(128 + signal.number);
    over.countDown();
    onSignal.get().run();
  }

  /** From now on there is something to be cleaned up before the process may end. */
  public void begun() {
    hasBegun.set(true);
  }

  /**
   * The same, and this is done when a signal comes, by the thread that brings it.
   *
   * @param action must not wait
   */
  void begun(Runnable action) {
    onSignal.set(action);
    begun();
  }

  @Override
  public boolean comesWithin(Duration most) throws InterruptedException {
    return over.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean wasSent() throws InterruptedException {
    SignalBarrier.pass(ON_ITS_WAY);
    return comesWithin(Duration.ZERO);
  }

  /** What a process exits with that ends because of the signal that came. */
  public int exitCode() {
    Signal signal = first.get();
    return signal == null ? ExitCode.OK.number() : 128 + signal.number;
  }

  /** Returns when a signal has come, or somebody has unmounted. */
  public Reason await(FuseMount mount) throws InterruptedException {
    var unmounted = new AtomicBoolean();
    Thread.ofVirtual()
        .name("unmounted")
        .start(
            () -> {
              try {
                mount.awaitUnmounted();
                unmounted.set(true);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                over.countDown();
              }
            });
    over.await();
    return unmounted.get() ? Reason.UNMOUNTED : Reason.SIGNAL;
  }

  /** Why it is over. */
  public enum Reason {
    SIGNAL,
    UNMOUNTED
  }

  enum Signal {
    HUP(1),
    INT(2),
    TERM(15);

    private final int number;

    Signal(int number) {
      this.number = number;
    }
  }
}
