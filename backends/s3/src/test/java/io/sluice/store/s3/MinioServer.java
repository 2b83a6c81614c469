package io.sluice.store.s3;

import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.S3Client;

/** A MinIO of its own; while it runs, the SDK's credential chain finds what it accepts. */
final class MinioServer implements AutoCloseable {
  private static final String ACCESS_KEY = "test-access-key";
  private static final String SECRET = "test-secret-that-no-message-shows";
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final GoServer server;
  private final ChainCredentials credentials;

  private MinioServer(GoServer server) {
    this.server = server;
    this.credentials = ChainCredentials.of(ACCESS_KEY, SECRET);
  }

  static MinioServer start(Path directory) throws Exception {
    String data = directory.resolve("data").toString();
    return new MinioServer(
        GoServer.start(
            GoProgram.MINIO,
            port -> List.of("server", "--address", "127.0.0.1:" + port, data),
            Map.of(
                "MINIO_ROOT_USER",
                ACCESS_KEY,
                "MINIO_ROOT_PASSWORD",
                SECRET,
                "MINIO_BROWSER",
                "off"),
            directory.resolve("log")));
  }

  /** Settings for a new bucket, which is made. */
  S3Settings newBucket(int connections) {
    var endpoint = new S3Settings.Endpoint(Optional.of(server.url()), Optional.empty(), true);
    S3Settings settings =
        S3Settings.of(
            "bucket-" + BUCKETS.incrementAndGet(), endpoint, S3Settings.Access.USUAL, connections);
    try (S3Client maker = S3Clients.make(settings.forWriting())) {
      maker.createBucket(r -> r.bucket(settings.bucket()));
    }
    return settings;
  }

  @Override
  public void close() {
    credentials.close();
    server.close();
  }
}
