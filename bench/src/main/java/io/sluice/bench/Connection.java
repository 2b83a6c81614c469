package io.sluice.bench;

import io.sluice.store.ByteRange;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection: request after request, each answered after the latency, its body sent by the
 * kernel straight from the file at the dialled pace.
 */
final class Connection {
  // A slice leaves when its last byte is due: 3.3 ms apart at 80 MB/s. The first is small, so that
  // the first byte is not late.
  private static final int SLICE = 256 * 1024;
  private static final int FIRST_SLICE = 16 * 1024;
  private static final int IDLE_MILLIS = 60_000;

  private final SocketChannel socket;
  private final DialServer server;

  Connection(SocketChannel socket, DialServer server) {
    this.socket = socket;
    this.server = server;
  }

  /** Serves until the other side has had enough, or was silent for a minute. */
  void serve() throws IOException {
    socket.socket().setTcpNoDelay(true);
    socket.socket().setSoTimeout(IDLE_MILLIS);
    InputStream in = new BufferedInputStream(socket.socket().getInputStream(), 4096);
    while (true) {
      Optional<Request> request = next(in);
      if (request.isEmpty()) return;
      long arrived = System.nanoTime();
      if (request.get().path().startsWith("/-/")) {
        write(server.administer(request.get()).encoded(true));
      } else {
        answer(request.get(), arrived);
      }
      // What follows is a body that nobody here reads.
      if (request.get().hasBody()) return;
    }
  }

  private static Optional<Request> next(InputStream in) throws IOException {
    try {
      return Request.read(in);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  private void answer(Request request, long arrived) throws IOException {
    boolean head = request.method().equals("HEAD");
    boolean get = request.method().equals("GET") && !S3Requests.isOfABucket(request);
    if (get) server.counters().getBegins();
    try {
      Answer answer = server.requests().answer(request);
      if (answer.status() >= 400) server.counters().refusal();
      sleepUntil(arrived + server.dial().latencyNanos());
      write(answer.encoded(!head));
      if (answer.bytes().isPresent()) send(server.file(request), answer.bytes().get());
    } finally {
      if (get) server.counters().getEnds();
    }
  }

  private void send(Path path, ByteRange range) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      Pace pace = Pace.from(System.nanoTime(), server.dial().bytesPerSecond());
      ByteRange rest = range;
      int slice = FIRST_SLICE;
      while (!rest.isEmpty()) {
        long bytes = Math.min(slice, rest.length());
        sleepUntil(pace.due(bytes));
        transfer(file, rest.start(), bytes);
        pace = pace.after(bytes, System.nanoTime());
        rest = rest.after(bytes);
        slice = SLICE;
      }
    }
  }

  private void transfer(FileChannel file, long start, long bytes) throws IOException {
    long done = 0;
    while (done < bytes) {
      long sent = file.transferTo(start + done, bytes - done, socket);
      if (sent <= 0) throw new EOFException("the file became shorter while it was sent");
      server.counters().sent(sent);
      done += sent;
    }
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) socket.write(buffer);
  }

  private static void sleepUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }
}
