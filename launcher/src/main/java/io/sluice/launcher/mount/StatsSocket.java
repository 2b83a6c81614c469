package io.sluice.launcher.mount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever connects what a mount has done: one document, and the connection is closed. A
 * socket in the data directory, for its owner only.
 */
final class StatsSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatsSocket.class);

  /** {@code sockaddr_un} holds 108 bytes, the last of which is zero. */
  private static final int LONGEST = 107;

  /** Whoever connects and does not read is let go. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Before the next attempt, after one that failed. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path path;
  private final ServerSocketChannel server;
  private final Supplier<String> document;
  private final Duration patience;

  private StatsSocket(
      Path path, ServerSocketChannel server, Supplier<String> document, Duration patience) {
    this.path = path;
    this.server = server;
    this.document = document;
    this.patience = patience;
  }

  /**
   * Listens in the data directory.
   *
   * @param ownerFile of our cache: the socket is beside it, and goes with it should we be killed
   * @param document without {@link StatsSockets#END}
   * @param patience for a client that takes nothing
   * @return empty where it cannot, which is logged: a mount works without it
   */
  static Optional<StatsSocket> listen(
      Path ownerFile, Supplier<String> document, Duration patience) {
    Path path = StatsSockets.path(ownerFile);
    if (path.toString().getBytes(UTF_8).length > LONGEST) {
      LOG.info("no 'sluice stats' for this mount: {} is too long for a socket", path);
      return Optional.empty();
    }
    try {
      Files.deleteIfExists(path);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      } catch (IOException e) {
        server.close();
        throw e;
      }
      var socket = new StatsSocket(path, server, document, patience);
      Thread.ofPlatform().name("stats").daemon().start(socket::serve);
      return Optional.of(socket);
    } catch (IOException e) {
      LOG.info("no 'sluice stats' for this mount: {}: {}", path, e.getMessage());
      return Optional.empty();
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        answer(client);
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.debug("answering at {}", path, e);
        LockSupport.parkNanos(PAUSE.toNanos()); // without file descriptors each attempt fails
      }
    }
  }

  private void answer(SocketChannel client) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((document.get() + StatsSockets.END).getBytes(UTF_8));
    long deadline = System.nanoTime() + patience.toNanos();
    client.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      client.register(selector, SelectionKey.OP_WRITE);
      while (bytes.hasRemaining()) {
        // Whoever takes some is there, however late one of us comes to run.
        if (client.write(bytes) > 0) deadline = System.nanoTime() + patience.toNanos();
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (bytes.hasRemaining() && (left <= 0 || selector.select(left) == 0))
          throw new IOException("nobody reads");
        selector.selectedKeys().clear();
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("closing {}", path, e);
    }
  }
}
