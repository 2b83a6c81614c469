package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.testkit.GoServer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store with an empty bucket of the emulator for each test. */
@Timeout(180)
abstract class EmulatorFixture {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  @TempDir private static Path directory;
  private static GoServer process;
  static FakeGcs server;

  String bucket;
  GcsStore store;

  @BeforeAll
  static void startServer() throws Exception {
    process = FakeGcs.start(directory.resolve("log"));
    server = new FakeGcs(process.url());
  }

  @AfterAll
  static void stopServer() {
    if (process != null) process.close();
  }

  @BeforeEach
  final void openBucket() throws Exception {
    bucket = "written-" + BUCKETS.incrementAndGet();
    server.makeBucket(bucket);
    store = GcsStore.open(server.settings(bucket, 4));
  }

  @AfterEach
  final void closeBucket() {
    store.close();
  }

  static Payload payload(String text) {
    return Payload.of(text.getBytes(UTF_8));
  }

  final String text(ObjectVersion version) throws Exception {
    try (InputStream body = store.open(version, version.all())) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  final String text(String key) throws Exception {
    return text(store.head(key).version());
  }

  final List<String> keys(String prefix) throws Exception {
    return store.list(ListRequest.everything(prefix)).objects().stream()
        .map(ObjectMeta::key)
        .toList();
  }
}
