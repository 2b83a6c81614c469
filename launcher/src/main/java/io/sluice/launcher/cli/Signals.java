package io.sluice.launcher.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Signals of the system, handled by us. */
public final class Signals {
  private static final String SIGNAL = "sun.misc.Signal";

  /** What a method without a result gives back. */
  private static final @Nullable Object NOTHING = null;

  private Signals() {}

  /**
   * From now on a signal, by its name without SIG, does this on a thread of its own.
   *
   * <p>By reflection: {@code sun.misc.Signal} is in the supported module jdk.unsupported, but javac
   * warns of each mention of it, and that warning cannot be suppressed.
   */
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calling =
          (_, method, _) -> {
            if (!method.getName().equals("handle"))
              throw new UnsupportedOperationException(method.getName());
            action.run();
            return NOTHING;
          };
      Object ours =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, calling);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot handle SIG" + name, e);
    }
  }

  /** Sends it to this process. */
  static void raise(String name) {
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Object one = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("raise", signal).invoke(null, one);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot send SIG" + name, e);
    }
  }
}
