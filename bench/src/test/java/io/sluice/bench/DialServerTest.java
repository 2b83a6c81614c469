package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DialServerTest {
  private static final Dial NO_DELAY = new Dial(0, 1_000_000_000);

  @TempDir private Path root;
  private DialServer server;
  private HttpClient client;

  @BeforeEach
  void serveABucket() throws IOException {
    put("weights.bin", "0123456789");
    put("a/1", "one");
    put("a/2", "two");
    put("b c+ü", "odd");
    server = DialServer.start(root, NO_DELAY);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aRangeIsAnsweredWithExactlyItsBytes() throws Exception {
    var answer = get("/bucket/weights.bin", "Range", "bytes=2-5");
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo("2345");
    assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 2-5/10");
  }

  @Test
  void anObjectIsAnsweredWhole() throws Exception {
    var answer = get("/bucket/weights.bin");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("0123456789");
  }

  @Test
  void aRangeBehindTheEndIsNotSatisfiable() throws Exception {
    var answer = get("/bucket/weights.bin", "Range", "bytes=10-");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.body()).contains("<Code>InvalidRange</Code>");
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    String tag = get("/bucket/weights.bin").headers().firstValue("ETag").orElseThrow();
    assertThat(get("/bucket/weights.bin", "If-Match", tag).statusCode()).isEqualTo(200);

    put("weights.bin", "9876543210!");

    assertThat(get("/bucket/weights.bin", "If-Match", tag).statusCode()).isEqualTo(412);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(get("/bucket/nothing").body()).contains("<Code>NoSuchKey</Code>");
    assertThat(get("/other/weights.bin").body()).contains("<Code>NoSuchBucket</Code>");
    assertThat(get("/bucket/../../etc/passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void aHeadTellsWhatAGetWouldSend() throws Exception {
    var request = HttpRequest.newBuilder(at("/bucket/weights.bin")).HEAD().build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("10");
    assertThat(answer.headers().firstValue("ETag"))
        .isEqualTo(get("/bucket/weights.bin").headers().firstValue("ETag"));
  }

  @Test
  void aListingComesInPagesThatRepeatNothing() throws Exception {
    List<String> keys = new ArrayList<>();
    String page = get("/bucket?list-type=2&max-keys=1").body();
    keys.addAll(all("Key", page));
    while (page.contains("<IsTruncated>true")) {
      String token = all("NextContinuationToken", page).getFirst();
      page = get("/bucket?list-type=2&max-keys=1&continuation-token=" + token).body();
      keys.addAll(all("Key", page));
    }
    assertThat(keys).containsExactly("a/1", "a/2", "b c+ü", "weights.bin");
  }

  @Test
  void aDelimiterRollsKeysUp() throws Exception {
    String page = get("/bucket?list-type=2&delimiter=%2F&encoding-type=url&prefix=").body();
    assertThat(all("Key", page)).containsExactly("b+c%2B%C3%BC", "weights.bin");
    assertThat(page).contains("<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>");
  }

  @Test
  void aRolledUpPrefixIsNotRepeatedOnTheNextPage() throws Exception {
    String first = get("/bucket?list-type=2&delimiter=%2F&max-keys=1").body();
    String token = all("NextContinuationToken", first).getFirst();
    String second =
        get("/bucket?list-type=2&delimiter=%2F&max-keys=1&continuation-token=" + token).body();
    assertThat(first).contains("<Prefix>a/</Prefix>");
    assertThat(second).doesNotContain("<Prefix>a/</Prefix>").contains("<Key>b c+ü</Key>");
  }

  @Test
  void whatWasAskedForIsCounted() throws Exception {
    get("/bucket/weights.bin", "Range", "bytes=0-3");
    awaitIdle(1);
    get("/bucket/weights.bin");
    awaitIdle(2);
    get("/bucket?list-type=2");
    var counts = Counters.Counts.parse(get("/-/counters").body());
    assertThat(counts.gets()).isEqualTo(2);
    assertThat(counts.lists()).isEqualTo(1);
    assertThat(counts.bodyBytes()).isEqualTo(14);
    assertThat(counts.maxInFlight()).isEqualTo(1);

    get("/-/reset");

    assertThat(Counters.Counts.parse(get("/-/counters").body()).requests()).isZero();
  }

  /** An answer is here before the server has counted its end. */
  private void awaitIdle(long gets) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (server.counters().counts().inFlight() > 0 || server.counters().counts().gets() < gets) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void anAnswerWaitsForTheLatency() throws Exception {
    var dial = new Dial(Duration.ofMillis(30).toNanos(), 1_000_000_000);
    try (var distant = DialServer.start(root, dial)) {
      long start = System.nanoTime();
      client.send(
          HttpRequest.newBuilder(distant.endpoint().resolve("/bucket/a/1")).build(),
          BodyHandlers.ofString());
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(dial.latencyNanos());
    }
  }

  @Test
  void aBodyComesNoFasterThanTheBandwidth() throws Exception {
    put("large", "x".repeat(100_000));
    try (var narrow = DialServer.start(root, new Dial(0, 1_000_000))) {
      long start = System.nanoTime();
      var answer =
          client.send(
              HttpRequest.newBuilder(narrow.endpoint().resolve("/bucket/large")).build(),
              BodyHandlers.ofString());
      assertThat(answer.body()).hasSize(100_000);
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(Duration.ofMillis(100).toNanos());
    }
  }

  @Test
  void theFirstFormOfListingHasMarkers() throws Exception {
    String first = get("/bucket/?max-keys=1").body();
    assertThat(all("Key", first)).containsExactly("a/1");
    String marker = all("NextMarker", first).getFirst();
    assertThat(all("Key", get("/bucket/?marker=" + marker).body()))
        .containsExactly("a/2", "b c+ü", "weights.bin");
  }

  @Test
  void anObjectOfAHoleIsComputedAndAnotherVersionIsOtherBytes() throws Exception {
    Path file = root.resolve("bucket/computed-x");
    Bucket.hole(file, 300_000);
    var version = new FileBuckets(root).find("bucket", "computed-x").orElseThrow().version();
    Content content = Content.computed(version).orElseThrow();
    ByteBuffer bytes = ByteBuffer.wrap(bytes("/bucket/computed-x", "bytes=3-299999"));
    assertThat(bytes.remaining()).isEqualTo(299_997);
    assertThat(content.firstWrong(bytes, 3)).isEmpty();

    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

    ByteBuffer later = ByteBuffer.wrap(bytes("/bucket/computed-x", "bytes=0-63"));
    assertThat(content.firstWrong(later, 0)).hasValue(0);
  }

  @Test
  void aFaultIsWhatTheClientSees() throws Exception {
    Queue<Fault> queue = new ConcurrentLinkedQueue<>(List.of(Fault.BUSY, Fault.SHORT, Fault.RESET));
    put("large", "x".repeat(1_000_000));
    try (var faulty =
        DialServer.start(
            root, NO_DELAY, () -> Objects.requireNonNullElse(queue.poll(), Fault.NONE))) {
      var request =
          HttpRequest.newBuilder(faulty.endpoint().resolve("/bucket/large"))
              .timeout(Duration.ofSeconds(60))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      assertThat(client.send(request, BodyHandlers.ofString()).body()).hasSize(1_000_000);
    }
  }

  private byte[] bytes(String path, String range) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(60)).header("Range", range);
    return client.send(request.build(), BodyHandlers.ofByteArray()).body();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(60));
    if (headers.length > 0) request.headers(headers);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create(server.endpoint() + path);
  }

  private void put(String key, String content) throws IOException {
    Path file = root.resolve("bucket").resolve(key);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static List<String> all(String element, String xml) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
