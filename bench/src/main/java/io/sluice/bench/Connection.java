package io.sluice.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection: request after request, each answered after the latency, some of them by a fault.
 */
final class Connection {
  private static final int IDLE_MILLIS = 60_000;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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
        server.counters().arrived(arrived);
        if (request.get().isWrite()) take(request.get(), in, arrived);
        else answer(request.get(), arrived);
      }
      // What follows is a body that nobody here reads.
      if (request.get().hasBody() && !isRead(request.get())) return;
    }
  }

  private static boolean isRead(Request request) {
    return request.isWrite() && request.bodyLength().isPresent();
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
    boolean get = S3Requests.isForBytes(request);
    if (get) server.counters().getBegins();
    try {
      Fault fault = server.faults().next();
      Answer answer = fault.refusal().orElse(server.requests().answer(request));
      if (answer.status() >= 400) server.counters().refusal();
      sleepUntil(arrived + server.dial().latencyNanos());
      write(answer.encoded(!head));
      if (answer.body().isPresent())
        new Sending(socket, server).send(server.file(request), answer.body().get(), fault);
    } finally {
      if (get) server.counters().ends();
    }
  }

  /** A request that may bring a body: its answer comes the latency after the last byte. */
  private void take(Request request, InputStream in, long arrived) throws IOException {
    boolean put = request.method().equals("PUT");
    if (put) server.counters().putBegins();
    try {
      Fault fault = server.faults().next();
      var body = new Receiving(in, socket, server, fault, request.bodyLength());
      if (isRead(request) && request.header("expect").isPresent()) {
        // Whoever asks first waits for one answer more.
        sleepUntil(arrived + server.dial().latencyNanos());
        write(CONTINUE);
      }
      Optional<Answer> refusal = fault.refusal();
      Answer answer = refusal.isPresent() ? refusal.get() : server.writes().answer(request, body);
      body.drain();
      if (answer.status() >= 400) server.counters().refusal();
      sleepUntil(System.nanoTime() + server.dial().latencyNanos());
      write(answer.encoded(true));
    } finally {
      if (put) server.counters().ends();
    }
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) socket.write(buffer);
  }

  static void sleepUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }
}
