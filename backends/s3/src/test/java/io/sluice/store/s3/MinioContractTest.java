package io.sluice.store.s3;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.ContractBucket.Ability;
import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import io.sluice.store.testkit.StoreContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 keeps the contract, against the server that is closest to AWS. */
final class MinioContractTest extends StoreContract {
  private static final String SECRET = "test-secret-that-no-message-shows";
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Map<Ability, String> GAPS =
      Map.of(
          Ability.OBJECT_BESIDE_PREFIX, "MinIO leaves x/ out of a listing by '/' where there is x",
          Ability.EMPTY_SEGMENTS, "MinIO refuses a//b with 400 and takes /a for a",
          Ability.LIST_UPLOADS, "MinIO lists the uploads of one key, not of a prefix",
          Ability.VERBATIM_SEGMENTS, "MinIO refuses . and .. with 400 and takes /k for k");

  @TempDir static Path directory;
  private static Optional<GoServer> server = Optional.empty();
  private static Optional<ChainCredentials> credentials = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    server =
        Optional.of(
            GoServer.start(
                GoProgram.MINIO,
                port ->
                    List.of(
                        "server",
                        "--address",
                        "127.0.0.1:" + port,
                        directory.resolve("data").toString()),
                Map.of(
                    "MINIO_ROOT_USER", "test-access-key",
                    "MINIO_ROOT_PASSWORD", SECRET,
                    "MINIO_BROWSER", "off"),
                directory.resolve("log")));
    credentials = Optional.of(ChainCredentials.of("test-access-key", SECRET));
  }

  @AfterAll
  static void stop() {
    credentials.ifPresent(ChainCredentials::close);
    server.ifPresent(GoServer::close);
  }

  @Override
  protected ContractBucket emptyBucket() throws StoreException {
    var endpoint =
        new S3Settings.Endpoint(Optional.of(server.orElseThrow().url()), Optional.empty(), true);
    S3Settings settings =
        S3Settings.of(
            "bucket-" + BUCKETS.incrementAndGet(),
            endpoint,
            S3Settings.Access.USUAL,
            ContractBucket.CONNECTIONS);
    try (S3Client maker = S3Clients.make(settings)) {
      maker.createBucket(r -> r.bucket(settings.bucket()));
    }
    return S3ContractBucket.open(settings, GAPS);
  }
}
