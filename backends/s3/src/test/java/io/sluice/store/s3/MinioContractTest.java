package io.sluice.store.s3;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.ContractBucket.Ability;
import io.sluice.store.testkit.StoreContract;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** S3 keeps the contract, against the server that is closest to AWS. */
final class MinioContractTest extends StoreContract {
  private static final Map<Ability, String> GAPS =
      Map.of(
          Ability.OBJECT_BESIDE_PREFIX, "MinIO leaves x/ out of a listing by '/' where there is x",
          Ability.EMPTY_SEGMENTS, "MinIO refuses a//b with 400 and takes /a for a",
          Ability.HUNDRED_THOUSAND_OBJECTS, "MinIO takes more than a minute for them on two cores",
          Ability.VERBATIM_SEGMENTS, "MinIO refuses . and .. with 400 and takes /k for k");

  @TempDir static Path directory;
  private static @Nullable MinioServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MinioServer.start(directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) server.close();
  }

  @Override
  protected ContractBucket emptyBucket() throws StoreException {
    return S3ContractBucket.open(
        java.util.Objects.requireNonNull(server).newBucket(ContractBucket.CONNECTIONS), GAPS);
  }
}
