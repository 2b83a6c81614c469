package io.sluice.launcher.cli;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work of a command that a signal ends: its thread is interrupted by the signal itself, and has a
 * moment to undo what it has begun. What is not undone by then is left to the hooks of the JVM that
 * stops; so whatever they need is closed by the work, and by nobody else.
 */
public final class Stoppable {
  private static final Duration TICK = Duration.ofMillis(50);

  /** A command ends within a second of its signal; the hooks and the JVM want some of it. */
  static final Duration MOMENT = Duration.ofMillis(600);

  private final StopSignals stop;
  private final Duration moment;

  /** What is to be done. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it, and says with which code the process ends.
     *
     * @param stop whether nothing more is to be begun
     */
    int run(Stopping stop) throws Failure, InterruptedException;
  }

  /**
   * Work that these end.
   *
   * @param moment how long it has to undo what it has begun
   */
  Stoppable(StopSignals stop, Duration moment) {
    this.stop = stop;
    this.moment = moment;
  }

  /** From now on signals are requests to stop. */
  public static Stoppable install() {
    return new Stoppable(StopSignals.install(), MOMENT);
  }

  /**
   * Does the work on a thread of its own.
   *
   * @param say is told in one line how work ended that was stopped before it was done
   * @param undone what there is then, where all of it is undone: "nothing was written"
   * @return its exit code; that of the signal, where that came before it was done
   * @throws Failure of the work, where no signal came
   */
  public int run(String name, Work work, Consumer<String> say, String undone) throws Failure {
    var task =
        new FutureTask<>(
            () -> {
              int code = work.run(stop);
              return stop.hasCome() ? stop.exitCode() : code;
            });
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(task);
    stop.begun(thread::interrupt);
    thread.start();
    try {
      OptionalInt code = result(task, TICK);
      while (code.isEmpty() && !stop.hasCome()) code = result(task, TICK);
      if (code.isEmpty()) code = result(task, moment);
      if (code.isEmpty()) say.accept("stopped before it was done");
      return code.orElse(stop.exitCode());
    } catch (Failure e) {
      if (!stop.hasCome()) throw e;
      say.accept("stopped: " + (isOfInterrupt(e.getCause()) ? undone : e.line()));
      return stop.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected(e);
    }
  }

  /** What a store says of an interrupted request is another thing: it may have been done. */
  private static boolean isOfInterrupt(@Nullable Throwable cause) {
    return cause instanceof ClosedByInterruptException
        || cause instanceof InterruptedException
        || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException));
  }

  private static OptionalInt result(FutureTask<Integer> task, Duration within)
      throws Failure, InterruptedException {
    try {
      return OptionalInt.of(task.get(within.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return OptionalInt.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) throw failure;
      throw Failure.unexpected(e.getCause() == null ? e : e.getCause());
    }
  }
}
