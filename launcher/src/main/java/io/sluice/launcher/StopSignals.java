package io.sluice.launcher;

import io.sluice.fs.fuse.FuseMount;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT, SIGTERM and SIGHUP (the terminal is closed): once mounted, they are a request to stop and
 * end with exit code 0. Before that, and when given a second time, they end the process at once.
 *
 * <p>Handlers rather than a shutdown hook, because a JVM that shuts down over a signal exits with
 * 128 + its number, and does not notice a second one.
 */
final class StopSignals {
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean isMounted = new AtomicBoolean();
  private final AtomicBoolean isAsked = new AtomicBoolean();

  private StopSignals() {}

  static StopSignals install() {
    var signals = new StopSignals();
    for (Signal signal : Signal.values()) signal.handle(() -> signals.arrived(signal));
    return signals;
  }

  private void arrived(Signal signal) {
    boolean isSecond = isAsked.getAndSet(true);
    if (isSecond || !isMounted.get()) Runtime.getRuntime().halt(128 + signal.number);
    over.countDown();
  }

  /** From now on there is something to be cleaned up before the process may end. */
  void mounting() {
    isMounted.set(true);
  }

  /** Returns when a signal has come, or somebody has unmounted. */
  Reason await(FuseMount mount) throws InterruptedException {
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
  enum Reason {
    SIGNAL,
    UNMOUNTED
  }

  private enum Signal {
    HUP(1),
    INT(2),
    TERM(15);

    /** What a method without a result gives back. */
    private static final @Nullable Object NOTHING = null;

    private final int number;

    Signal(int number) {
      this.number = number;
    }

    /**
     * By reflection: {@code sun.misc.Signal} is in the supported module jdk.unsupported, but javac
     * warns of each mention of it, and that warning cannot be suppressed.
     */
    void handle(Runnable action) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler calling =
            (_, method, _) -> {
              if (!method.getName().equals("handle"))
                throw new UnsupportedOperationException(method.getName());
              action.run();
              return NOTHING;
            };
        Object ours =
            Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(), new Class<?>[] {handler}, calling);
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name()), ours);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot handle SIG" + name(), e);
      }
    }
  }
}
