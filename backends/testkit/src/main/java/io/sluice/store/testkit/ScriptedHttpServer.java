package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A web server on loopback that does exactly as scripted, down to the bytes on the wire: each
 * request is given the next answer, on whichever connection it comes. A request without an answer
 * gets a 599, which no test expects. Bodies of requests have a Content-Length here.
 */
public final class ScriptedHttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptedHttpServer.class);
  private static final int LONGEST_HEAD = 64 * 1024;

  /** How one request is answered: whatever it sends, and whether the connection lives on. */
  public interface Answer {
    void send(Wire wire) throws IOException;
  }

  /**
   * What was asked.
   *
   * @param line its method and its target, as sent: {@code GET /bucket/key}
   * @param headers by their names, in any case
   * @param body as ISO-8859-1
   */
  public record Request(String line, Map<String, String> headers, String body) {}

  private final ServerSocket listener;
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean takesBodies = true;
  private final AtomicInteger accepted = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ScriptedHttpServer(ServerSocket listener) {
    this.listener = listener;
  }

  public static ScriptedHttpServer start() throws IOException {
    var server = new ScriptedHttpServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("scripted-server").start(server::acceptAll);
    return server;
  }

  /** Adds answers: for the next request that has none yet, and for those that follow it. */
  public void script(Answer... next) {
    answers.addAll(List.of(next));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** From now on the bodies of requests are left where they are: whoever sends one gets stuck. */
  public void takeNoBodies() {
    takesBodies = false;
  }

  /** Connections since the start. */
  public int accepted() {
    return accepted.get();
  }

  /** Answers of the script that nobody asked for. */
  public int unused() {
    return answers.size();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
      for (Socket connection : connections) connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        accepted.incrementAndGet();
        Thread.ofVirtual().name("scripted-connection").start(() -> serve(connection));
      } catch (IOException e) {
        if (!listener.isClosed()) LOG.warn("no longer listening", e);
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var wire = new Wire(connection);
      for (String head = head(connection); !head.isEmpty(); head = head(connection)) {
        if (head.toLowerCase(Locale.ROOT).contains("\r\nexpect: 100-continue\r\n"))
          wire.send("HTTP/1.1 100 Continue\r\n\r\n");
        requests.add(parsed(head, connection.getInputStream()));
        Answer answer = answers.poll();
        if (answer == null) wire.send("HTTP/1.1 599 Nothing scripted\r\nContent-Length: 0\r\n\r\n");
        else answer.send(wire);
        if (connection.isClosed()) return;
      }
    } catch (IOException e) {
      LOG.debug("the client hung up", e); // as it may, at any time
    } finally {
      connections.remove(connection);
    }
  }

  /** A request up to its empty line; empty at the end of the connection. */
  private static String head(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    var head = new StringBuilder();
    while (head.length() < LONGEST_HEAD) {
      int next = in.read();
      if (next < 0) return "";
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) return head.toString();
    }
    throw new IOException("a request of more than " + LONGEST_HEAD + " bytes");
  }

  private Request parsed(String head, InputStream in) throws IOException {
    List<String> lines = head.lines().toList();
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    String line = lines.getFirst();
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    if (length > 0 && !takesBodies) awaitClose();
    byte[] body = in.readNBytes(length);
    return new Request(
        line.substring(0, line.lastIndexOf(' ')), headers, new String(body, ISO_8859_1));
  }

  private void awaitClose() {
    try {
      if (!closed.await(60, TimeUnit.SECONDS)) LOG.warn("stalled for a minute");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection, seen from the server. */
  public final class Wire {
    private final Socket connection;

    private Wire(Socket connection) {
      this.connection = connection;
    }

    /** Sends text, in ISO-8859-1 as headers are. */
    public void send(String text) throws IOException {
      connection.getOutputStream().write(text.getBytes(ISO_8859_1));
      connection.getOutputStream().flush();
    }

    /** Sends a whole answer with its length. */
    public void send(int status, String headers, String body) throws IOException {
      int length = body.getBytes(UTF_8).length;
      send(
          "HTTP/1.1 %d Scripted\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(status, headers, length));
      connection.getOutputStream().write(body.getBytes(UTF_8));
      connection.getOutputStream().flush();
    }

    /** Says nothing more, until the client hangs up or the server is closed. */
    public void stall() throws IOException {
      awaitClose();
      connection.close();
    }

    /** Waits before it says more: for an answer that drips. Over when the server is closed. */
    public void pause(Duration duration) throws IOException {
      try {
        if (closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        connection.close();
      }
    }

    /** Ends the connection in good order. */
    public void hangUp() throws IOException {
      connection.close();
    }

    /** Breaks the connection: the client sees a reset. */
    public void reset() throws IOException {
      connection.setSoLinger(true, 0);
      connection.close();
    }
  }
}
