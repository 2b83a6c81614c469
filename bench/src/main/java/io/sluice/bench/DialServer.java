package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An S3-shaped server on loopback with a dial for latency and bandwidth, which costs as little CPU
 * as can be, since it shares the machine with what it measures.
 *
 * <p>A platform thread per connection: sendfile(2) blocks, and would pin a virtual thread's
 * carrier. A client that stops reading is waited for until the server closes; that pressure is part
 * of what is measured.
 */
final class DialServer implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int STACK_BYTES = 256 * 1024;

  private final FileBuckets buckets;
  private final Dial dial;
  private final Fault.Source faults;
  private final Counters counters = new Counters();
  private final S3Requests requests;
  private final S3Writes writes;
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger serial = new AtomicInteger();

  private DialServer(
      FileBuckets buckets, Dial dial, Fault.Source faults, ServerSocketChannel listener) {
    this.buckets = buckets;
    this.dial = dial;
    this.faults = faults;
    this.listener = listener;
    Uploads uploads = new Uploads();
    this.requests = new S3Requests(buckets, uploads, counters);
    this.writes = new S3Writes(buckets, uploads, counters);
  }

  /** Serves the directories below {@code root} as buckets on a free port of the loopback. */
  static DialServer start(Path root, Dial dial) throws IOException {
    return start(root, dial, Fault.Source.NONE);
  }

  /** The same; {@code faults} is asked once for every request. */
  static DialServer start(Path root, Dial dial, Fault.Source faults) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    DialServer server = new DialServer(new FileBuckets(root), dial, faults, listener);
    Thread.ofPlatform().daemon().name("dial-accept").start(server::accept);
    return server;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
  }

  Dial dial() {
    return dial;
  }

  Fault.Source faults() {
    return faults;
  }

  Counters counters() {
    return counters;
  }

  S3Requests requests() {
    return requests;
  }

  S3Writes writes() {
    return writes;
  }

  Path file(Request request) {
    var place = S3Requests.Place.of(request.path());
    return buckets.file(place.bucket(), place.key());
  }

  /** {@code GET /-/counters} and {@code POST /-/reset}: for the harness, at once and uncounted. */
  Answer administer(Request request) {
    if (request.path().equals("/-/reset")) {
      counters.reset();
    } else if (!request.path().equals("/-/counters")) {
      return Answer.xml(404, Xml.error("NoSuchPath", "only /-/counters and /-/reset"));
    }
    return Answer.json(counters.counts().json());
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel socket = listener.accept();
        open.add(socket);
        counters.connection();
        Thread.ofPlatform()
            .daemon()
            .stackSize(STACK_BYTES)
            .name("dial-" + serial.incrementAndGet())
            .start(() -> serve(socket));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot accept connections", e);
      }
    }
  }

  private void serve(SocketChannel socket) {
    try (socket) {
      new Connection(socket, this).serve();
    } catch (ClosedChannelException e) {
      // This server was closed, or the client left in the middle of a body, which is its right.
      return;
    } catch (IOException | IllegalArgumentException e) {
      if (!isReset(e)) System.err.println("dial server: " + e);
    } finally {
      open.remove(socket);
    }
  }

  private static boolean isReset(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.endsWith("by a fault")
        || message.contains("Connection reset")
        || message.contains("Broken pipe");
  }

  /** Ends every connection; answers under way are cut. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel socket : open) socket.close();
  }
}
