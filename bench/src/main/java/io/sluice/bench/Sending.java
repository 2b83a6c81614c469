package io.sluice.bench;

import io.sluice.store.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bytes of an object on their way at the dialled pace: sent by the kernel straight from the
 * file, or computed where the file is a hole.
 */
final class Sending {
  // A slice leaves when its last byte is due: 3.3 ms apart at 80 MB/s. The first is small, so that
  // the first byte is not late.
  private static final int SLICE = 256 * 1024;
  private static final int FIRST_SLICE = 16 * 1024;

  private final SocketChannel socket;
  private final DialServer server;

  Sending(SocketChannel socket, DialServer server) {
    this.socket = socket;
    this.server = server;
  }

  /**
   * Sends what was promised, or as much of it as the fault leaves.
   *
   * @throws IOException where the connection must not be used any more
   */
  void send(Path path, Answer.Body body, Fault fault) throws IOException {
    Optional<Content> computed = Content.computed(body.version());
    if (computed.isPresent()) {
      ByteBuffer buffer = ByteBuffer.allocate(SLICE);
      paced(body.range(), fault, (start, bytes) -> compute(computed.get(), buffer, start, bytes));
    } else {
      try (FileChannel file = FileChannel.open(path)) {
        paced(body.range(), fault, (start, bytes) -> transfer(file, start, bytes));
      }
    }
  }

  /** How a slice leaves. */
  @FunctionalInterface
  private interface Slices {
    void send(long start, int bytes) throws IOException;
  }

  private void paced(ByteRange range, Fault fault, Slices slices) throws IOException {
    Pace pace = Pace.from(System.nanoTime(), fault.bytesPerSecond(server.dial().bytesPerSecond()));
    ByteRange rest = range;
    int slice = FIRST_SLICE;
    boolean struck = false;
    while (!rest.isEmpty()) {
      long sent = rest.start() - range.start();
      if (!struck && sent > 0 && (sent >= rest.length() || rest.length() <= SLICE)) {
        fault.strike(socket);
        struck = true;
      }
      int bytes = (int) Math.min(slice, rest.length());
      Connection.sleepUntil(pace.due(bytes));
      slices.send(rest.start(), bytes);
      pace = pace.after(bytes, System.nanoTime());
      rest = rest.after(bytes);
      slice = SLICE;
    }
  }

  private void transfer(FileChannel file, long start, int bytes) throws IOException {
    long done = 0;
    while (done < bytes) {
      long sent = file.transferTo(start + done, bytes - done, socket);
      if (sent <= 0) throw new EOFException("the file became shorter while it was sent");
      server.counters().sent(sent);
      done += sent;
    }
  }

  private void compute(Content content, ByteBuffer buffer, long start, int bytes)
      throws IOException {
    content.fill(buffer.clear().limit(bytes), start);
    while (buffer.hasRemaining()) server.counters().sent(socket.write(buffer));
  }
}
