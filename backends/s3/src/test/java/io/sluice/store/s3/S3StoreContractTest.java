package io.sluice.store.s3;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.ContractBucket.Ability;
import io.sluice.store.testkit.StoreContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** S3 keeps the contract, against a real server. */
final class S3StoreContractTest extends StoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Map<Ability, String> GAPS =
      Map.of(
          Ability.OBJECT_BESIDE_PREFIX, "S3Proxy keeps objects as files",
          Ability.HUNDRED_THOUSAND_OBJECTS, "S3Proxy reads its whole directory for each page",
          Ability.TAGS, "S3Proxy has none",
          Ability.ABORT, "S3Proxy takes parts of uploads that are gone",
          Ability.EMPTY_SEGMENTS, "S3Proxy keeps objects as files",
          Ability.VERBATIM_SEGMENTS, "S3Proxy lets the file system resolve keys",
          Ability.MARKER_VERSIONS, "S3Proxy gives directory markers no ETag",
          Ability.UTF_8_ORDER, "S3Proxy sorts by UTF-16",
          Ability.ANY_DELIMITER, "S3Proxy knows the slash only");

  @TempDir static Path directory;
  private static EmbeddedS3 server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedS3.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ContractBucket emptyBucket() throws StoreException {
    String name = "bucket-" + BUCKETS.incrementAndGet();
    return S3ContractBucket.open(server.bucket(name, ContractBucket.CONNECTIONS), GAPS);
  }
}
