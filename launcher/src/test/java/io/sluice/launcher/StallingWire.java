package io.sluice.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wire to a server that lets so many bytes pass to it, and then none until it is mended; what was
 * on it by then is lost.
 */
final class StallingWire implements AutoCloseable {
  private final ServerSocket listener;
  private final URI server;
  private final AtomicLong left;
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch mended = new CountDownLatch(1);
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private StallingWire(ServerSocket listener, URI server, long bytes) {
    this.listener = listener;
    this.server = server;
    this.left = new AtomicLong(bytes);
  }

  static StallingWire to(URI server, long bytes) throws IOException {
    var wire =
        new StallingWire(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), server, bytes);
    Thread.ofVirtual().start(wire::accept);
    return wire;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  boolean isStalled() {
    return stalled.getCount() == 0;
  }

  void mend() {
    mended.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        var behind = new Socket(server.getHost(), server.getPort());
        open.addAll(List.of(client, behind));
        Thread.ofVirtual().start(() -> pass(client, behind, true));
        Thread.ofVirtual().start(() -> pass(behind, client, false));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) throw new UncheckedIOException(e);
    }
  }

  /** Until one of both is closed, which closes the other. */
  private void pass(Socket from, Socket to, boolean isCounted) {
    byte[] bytes = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (isCounted && left.addAndGet(-count) < 0 && mended.getCount() > 0) {
          stalled.countDown();
          mended.await();
          return;
        }
        out.write(bytes, 0, count);
      }
    } catch (IOException _) {
      return; // the other side has hung up
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    mend();
    listener.close();
    for (Socket socket : open) socket.close();
  }
}
