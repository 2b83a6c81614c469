package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The dial server in its own process, and what it has counted. */
final class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final int ADMIN_MILLIS = 5_000;
  // Of gigabytes, once per file.
  private static final int CHECKSUM_MILLIS = 60_000;
  // Longer than a round trip: whoever is still fetching has asked again by then.
  private static final int QUIET_MILLIS = 400;
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);

  private final Child child;
  private final URI endpoint;

  private Server(Child child, URI endpoint) {
    this.child = child;
    this.endpoint = endpoint;
  }

  static Server start(Path root, Dial dial, Path log) throws IOException, InterruptedException {
    Child child =
        Child.start(
            Java.command(
                DialCommand.class,
                root.toString(),
                "--latency=" + dial.latencyNanos() / 1_000_000,
                "--bandwidth=" + dial.bytesPerSecond() / 1_000_000),
            Map.of(),
            log);
    try {
      child.await(output -> output.contains("\n"), START_LIMIT);
      return new Server(child, URI.create(child.output().lines().findFirst().orElseThrow()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  URI endpoint() {
    return endpoint;
  }

  Usage usage() throws IOException {
    return Usage.of(child.pid());
  }

  void reset() throws IOException {
    ask("/-/reset");
  }

  Counts counts() throws IOException {
    return Counts.parse(ask("/-/counters"));
  }

  /** The counts once nobody asks for anything any more, or the limit has passed. */
  Counts settled() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    Counts before = counts();
    while (System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
      Counts now = counts();
      if (now.equals(before) && now.inFlight() == 0) return now;
      before = now;
    }
    return before;
  }

  /** Of an object of the bucket of models, in bytes. Its checksum is computed by that. */
  long size(String key) throws IOException {
    var connection = connect("/" + Bucket.NAME + "/" + key);
    connection.setRequestMethod("HEAD");
    connection.setRequestProperty("x-amz-checksum-mode", "ENABLED");
    connection.setReadTimeout(CHECKSUM_MILLIS);
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK)
      throw new IOException("there is no object " + key);
    return connection.getContentLengthLong();
  }

  /** Whether an upload to the bucket of models waits to be completed or aborted. */
  boolean hasPendingUpload() throws IOException {
    return ask("/" + Bucket.NAME + "?uploads").contains("<Upload>");
  }

  private HttpURLConnection connect(String path) throws IOException {
    var connection = (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
    connection.setConnectTimeout(ADMIN_MILLIS);
    connection.setReadTimeout(ADMIN_MILLIS);
    return connection;
  }

  private String ask(String path) throws IOException {
    var connection = connect(path);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
