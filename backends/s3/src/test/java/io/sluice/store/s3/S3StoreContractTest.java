package io.sluice.store.s3;

import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.StoreContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 keeps the contract, against a real server. */
final class S3StoreContractTest extends StoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
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
    S3Settings settings =
        server.bucket("bucket-" + BUCKETS.incrementAndGet(), ContractBucket.CONNECTIONS);
    return new S3Bucket(settings.bucket(), S3Store.open(settings), S3Clients.make(settings));
  }

  /** Objects are written by a client of their own, beside the store under test. */
  private record S3Bucket(String name, ObjectStore store, S3Client writer)
      implements ContractBucket {
    @Override
    public void put(String key, byte[] bytes) {
      writer.putObject(r -> r.bucket(name).key(key), RequestBody.fromBytes(bytes));
    }

    @Override
    public void delete(String key) {
      writer.deleteObject(r -> r.bucket(name).key(key));
    }

    @Override
    public Map<Ability, String> gaps() {
      return Map.of(
          Ability.OBJECT_BESIDE_PREFIX, "S3Proxy keeps objects as files",
          Ability.EMPTY_SEGMENTS, "S3Proxy keeps objects as files",
          Ability.VERBATIM_SEGMENTS, "S3Proxy lets the file system resolve keys",
          Ability.MARKER_VERSIONS, "S3Proxy gives directory markers no ETag",
          Ability.UTF_8_ORDER, "S3Proxy sorts by UTF-16",
          Ability.ANY_DELIMITER, "S3Proxy knows the slash only");
    }

    @Override
    public void close() {
      store.close();
      writer.close();
    }
  }
}
