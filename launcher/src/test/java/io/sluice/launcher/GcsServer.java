package io.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An emulator of Cloud Storage on loopback, as a process of its own. */
final class GcsServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final GoServer process;

  private GcsServer(GoServer process) {
    this.process = process;
  }

  static GcsServer start(Path log) throws Exception {
    return new GcsServer(GoServer.start(GoProgram.FAKE_GCS, GcsServer::arguments, Map.of(), log));
  }

  private static List<String> arguments(int port) {
    String host = "127.0.0.1:" + port;
    return List.of(
        "-scheme",
        "http",
        "-host",
        "127.0.0.1",
        "-port",
        Integer.toString(port), //
        "-public-host",
        host,
        "-external-url",
        "http://" + host,
        "-backend",
        "memory");
  }

  URI url() {
    return process.url();
  }

  void makeBucket(String name) throws Exception {
    post("/storage/v1/b?project=p", BodyPublishers.ofString("{\"name\":\"" + name + "\"}"));
  }

  void put(String bucket, String key, byte[] bytes) throws Exception {
    post(
        "/upload/storage/v1/b/%s/o?uploadType=media&name=%s"
            .formatted(bucket, URLEncoder.encode(key, UTF_8)),
        BodyPublishers.ofByteArray(bytes));
  }

  private void post(String path, BodyPublisher body) throws Exception {
    var request = HttpRequest.newBuilder(url().resolve(path)).timeout(LIMIT).POST(body).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Override
  public void close() {
    process.close();
  }
}
