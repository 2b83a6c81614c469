package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An emulator of Cloud Storage, and its buckets as somebody else than the store changes them. */
final class FakeGcs {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;

  FakeGcs(URI url) {
    this.url = url;
  }

  /** The emulator as a process that keeps objects in memory. */
  static GoServer start(Path log) throws IOException, InterruptedException {
    return GoServer.start(GoProgram.FAKE_GCS, FakeGcs::arguments, Map.of(), log);
  }

  private static List<String> arguments(int port) {
    return List.of(
        "-scheme", "http",
        "-host", "127.0.0.1",
        "-port", Integer.toString(port),
        "-public-host", "127.0.0.1:" + port,
        "-external-url", "http://127.0.0.1:" + port,
        "-backend", "memory",
        "-log-level", "warn");
  }

  GcsSettings settings(String bucket, int connections) {
    return GcsSettings.of(bucket, Optional.of(url), GcsSettings.Access.ANONYMOUS, connections);
  }

  void makeBucket(String name) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(url.resolve("/storage/v1/b?project=p"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
  }

  void put(String bucket, String key, byte[] bytes) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(
                url.resolve(
                    "/upload/storage/v1/b/%s/o?uploadType=media&name=%s"
                        .formatted(bucket, encoded(key))))
            .POST(BodyPublishers.ofByteArray(bytes)));
  }

  void delete(String bucket, String key) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(url.resolve("/storage/v1/b/%s/o/%s".formatted(bucket, encoded(key))))
            .DELETE());
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, UTF_8).replace("+", "%20");
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300)
      throw new IOException(answer.request().uri() + ": " + answer.statusCode() + answer.body());
  }
}
