package io.sluice.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong with one answer. */
enum Fault {
  NONE,
  /** 503, "please reduce your request rate". */
  BUSY,
  /** 500. */
  BROKEN,
  /** The connection is reset in the middle of the body. */
  RESET,
  /** The connection ends in the middle of the body, as if all had been sent. */
  SHORT,
  /** Nothing comes for some seconds in the middle of the body. */
  STALL,
  /** A twentieth of the bandwidth. */
  SLOW;

  private static final int STALL_SECONDS = 4;
  private static final int SLOWER = 20;

  /** What every request is asked, once; called by many threads. */
  @FunctionalInterface
  interface Source {
    Fault next();

    Source NONE = () -> Fault.NONE;
  }

  /** What is answered instead; empty where the right answer is given, at least at first. */
  Optional<Answer> refusal() {
    return switch (this) {
      case BUSY -> Optional.of(Answer.xml(503, Xml.error("SlowDown", "reduce your request rate")));
      case BROKEN -> Optional.of(Answer.xml(500, Xml.error("InternalError", "try again")));
      case NONE, RESET, SHORT, STALL, SLOW -> Optional.empty();
    };
  }

  long bytesPerSecond(long dialled) {
    return this == SLOW ? Math.max(1, dialled / SLOWER) : dialled;
  }

  /**
   * Does its worst in the middle of a body.
   *
   * @throws IOException where the connection has to end here
   */
  void strike(SocketChannel socket) throws IOException {
    switch (this) {
      case RESET -> {
        // Closing without lingering throws away what is queued and sends an RST.
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        throw new EOFException("reset by a fault");
      }
      case SHORT -> throw new EOFException("cut by a fault");
      case STALL -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STALL_SECONDS));
      case NONE, BUSY, BROKEN, SLOW -> {}
    }
  }
}
