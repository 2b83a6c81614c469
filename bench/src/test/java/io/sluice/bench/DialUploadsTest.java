package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.UploadId;
import io.sluice.store.s3.Etag;
import io.sluice.store.s3.Integrity;
import io.sluice.store.s3.Keys;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Store;
import io.sluice.store.transfer.PartSizes;
import io.sluice.store.transfer.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The half of the dial server that takes uploads, with the client that our programs use. */
@Timeout(60)
class DialUploadsTest {
  private static final int MIB = 1 << 20;
  private static final Content SEVEN = new Content(7);
  private static final String KEY = Expected.key(7, "bin");
  private static final S3Settings.Access ACCESS =
      new S3Settings.Access(
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Optional.of(new Keys("bench", "bench", Optional.empty())));
  private static final Dial NO_DELAY = new Dial(0, 9_000_000_000L);

  @TempDir private Path root;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private DialServer server;
  private ObjectStore store;
  private HttpClient http;

  @BeforeEach
  void serveABucket() throws IOException {
    Files.createDirectories(root.resolve("bucket"));
    server =
        DialServer.start(
            root, NO_DELAY, () -> Objects.requireNonNullElse(faults.poll(), Fault.NONE));
    store = open(server);
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    store.close();
    server.close();
  }

  @Test
  void aStreamInPartsIsOneObjectWithTheTagOfItsParts() throws IOException {
    byte[] bytes = content(0, 12 * MIB);
    var limits = new Upload.Limits(3, new PartSizes(5 * MIB, 5 * MIB), 20 * MIB, 0);
    new Upload(store, limits, _ -> {}).stream(new ByteArrayInputStream(bytes), KEY, PutOptions.ANY);

    var object = store.head(KEY).version();
    assertThat(object.size()).isEqualTo(bytes.length);
    assertThat(object.tag()).isEqualTo(Etag.of(Payload.of(bytes), 5 * MIB));
    assertThat(store.uploads().pending("")).isEmpty();
    assertThat(server.counters().counts().received())
        .isEqualTo(new Counters.Counts.Received(3, 2, bytes.length));
  }

  @Test
  void anObjectInOneRequestHasTheTagOfItsBytes() throws IOException {
    byte[] bytes = content(0, 1001);
    assertThat(store.put(KEY, Payload.of(bytes), PutOptions.ANY).tag())
        .isEqualTo(Etag.of(Payload.of(bytes)));
    assertThat(store.put(Expected.key(7, "none"), Payload.of(new byte[0]), PutOptions.ANY).size())
        .isZero();
  }

  @Test
  void wrongBytesAreRefusedWithTheirPlace() throws IOException {
    byte[] bytes = content(0, 1000);
    bytes[800]++;
    assertThatThrownBy(() -> store.put(KEY, Payload.of(bytes), PutOptions.ANY))
        .hasMessageContaining("WRONG BYTES at 800");
    assertThatThrownBy(() -> store.head(KEY)).isInstanceOf(StoreException.NotFound.class);
    byte[] part = content(6 * MIB, 5 * MIB);
    part[MIB]++;
    UploadId upload = store.uploads().create(KEY, ObjectAttributes.NONE);
    assertThatThrownBy(() -> store.uploads().put(upload, 1, Payload.of(part)))
        .hasMessageContaining("WRONG BYTES at " + 7 * MIB);
  }

  @Test
  void aPartInAnothersPlaceIsNoticedWhenTheUploadIsCompleted() throws IOException {
    UploadId upload = store.uploads().create(KEY, ObjectAttributes.NONE);
    Part first = store.uploads().put(upload, 1, Payload.of(content(5 * MIB, 5 * MIB)));
    Part second = store.uploads().put(upload, 2, Payload.of(content(0, 5 * MIB)));
    assertThatThrownBy(
            () -> store.uploads().complete(upload, List.of(first, second), Precondition.NONE))
        .hasMessageContaining("part 1 begins at 0, its bytes belong at " + 5 * MIB);
  }

  @Test
  void aPartThatIsSentAgainReplacesTheFirst() throws IOException {
    UploadId upload = store.uploads().create(KEY, ObjectAttributes.NONE);
    store.uploads().put(upload, 1, Payload.of(content(5 * MIB, 64)));
    Part again = store.uploads().put(upload, 1, Payload.of(content(0, 64)));
    assertThat(store.uploads().complete(upload, List.of(again), Precondition.NONE).size())
        .isEqualTo(64);
  }

  @Test
  void zerosAreZeros() throws IOException {
    assertThat(store.put("zeros.img", Payload.of(new byte[MIB]), PutOptions.ANY).size())
        .isEqualTo(MIB);
    byte[] one = new byte[MIB];
    one[MIB - 1] = 1;
    assertThatThrownBy(() -> store.put("zeros", Payload.of(one), PutOptions.ANY))
        .hasMessageContaining("WRONG BYTES at " + (MIB - 1));
  }

  @Test
  void partsAreListedInPages() throws IOException {
    UploadId upload = store.uploads().create("zeros", ObjectAttributes.NONE);
    for (int number = 1; number <= 102; number++)
      store.uploads().put(upload, number, Payload.of(new byte[1]));
    assertThat(store.uploads().parts(upload))
        .hasSize(102)
        .last()
        .satisfies(
            part -> {
              assertThat(part.number()).isEqualTo(102);
              assertThat(part.size()).isEqualTo(1);
            });
  }

  @Test
  void anUploadWaitsUntilItIsAborted() throws IOException {
    UploadId upload = store.uploads().create(KEY, ObjectAttributes.NONE);
    assertThat(store.uploads().pending("")).extracting(PendingUpload::id).containsExactly(upload);

    store.uploads().abort(upload);

    assertThat(store.uploads().pending("")).isEmpty();
    assertThatThrownBy(() -> store.uploads().put(upload, 1, Payload.of(content(0, 64))))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aNameThatSaysNothingAboutItsBytesIsRefused() {
    assertThatThrownBy(() -> store.put("other", Payload.of(new byte[8]), PutOptions.ANY))
        .hasMessageContaining("content-SEED or zeros");
  }

  @Test
  void bytesOfAnotherChecksumAreRefused() throws Exception {
    String right = StoredCrc32c.encoded(StoredCrc32c.of(Payload.of(content(0, 64))));
    var body = BodyPublishers.ofByteArray(content(0, 64));
    var taken = put(server, KEY, body, "x-amz-checksum-crc32c", right);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.headers().firstValue("x-amz-checksum-crc32c")).contains(right);
    assertThat(put(server, KEY, body, "x-amz-checksum-crc32c", "AAAAAA==").body())
        .contains("<Code>BadDigest</Code>");
  }

  @Test
  void aBodyOfUnknownLengthIsRefused() throws Exception {
    var body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content(0, 64)));
    assertThat(put(server, KEY, body).statusCode()).isEqualTo(411);
  }

  @Test
  void aFaultIsWhatTheUploadMeets() throws IOException {
    byte[] bytes = content(0, MIB);
    faults.addAll(List.of(Fault.BUSY, Fault.BROKEN, Fault.RESET));
    assertThatThrownBy(() -> store.put(KEY, Payload.of(bytes), PutOptions.ANY))
        .isInstanceOf(StoreException.Throttled.class);
    for (int i = 0; i < 2; i++)
      assertThatThrownBy(() -> store.put(KEY, Payload.of(bytes), PutOptions.ANY))
          .isInstanceOf(StoreException.Unavailable.class);
    assertThat(store.put(KEY, Payload.of(bytes), PutOptions.ANY).size()).isEqualTo(MIB);
  }

  @Test
  void aBodyIsTakenNoFasterThanTheBandwidthAndAnsweredAfterTheLatency() throws Exception {
    var dial = new Dial(Duration.ofMillis(30).toNanos(), 1_000_000);
    try (var narrow = DialServer.start(root, dial)) {
      long start = System.nanoTime();
      var answer = put(narrow, KEY, BodyPublishers.ofByteArray(content(0, 100_000)));
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(Duration.ofMillis(130).toNanos());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aHeadTellsTheChecksumOfAFileWhereItIsAskedFor() throws IOException {
    Files.write(root.resolve("bucket/file"), content(0, 1000));
    assertThat(store.describe("file").checksums())
        .containsEntry(
            "crc32c", StoredCrc32c.encoded(StoredCrc32c.of(Payload.of(content(0, 1000)))));
  }

  private static byte[] content(long offset, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    SEVEN.fill(bytes, offset);
    return bytes.array();
  }

  private static S3Store open(DialServer server) throws IOException {
    var endpoint = new S3Settings.Endpoint(Optional.of(server.endpoint()), Optional.empty(), true);
    // An MD5 goes ahead, of which the dial makes the tags that S3 would.
    return S3Store.open(S3Settings.of("bucket", endpoint, ACCESS, 8).withIntegrity(Integrity.MD5));
  }

  private HttpResponse<String> put(DialServer to, String key, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(to.endpoint() + "/bucket/" + key))
            .timeout(Duration.ofSeconds(10))
            .expectContinue(true)
            .PUT(body);
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
