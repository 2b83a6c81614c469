package io.sluice.store.gcs;

import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.GoServer;
import io.sluice.store.testkit.StoreContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Cloud Storage keeps the contract, against an emulator of it. */
final class GcsStoreContractTest extends StoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  @TempDir static Path directory;
  private static GoServer process;
  private static FakeGcs server;

  @BeforeAll
  static void start() throws Exception {
    process = FakeGcs.start(directory.resolve("log"));
    server = new FakeGcs(process.url());
  }

  @AfterAll
  static void stop() {
    if (process != null) process.close();
  }

  @Override
  protected ContractBucket emptyBucket() throws Exception {
    return FakeGcsBucket.empty(server, "bucket-" + BUCKETS.incrementAndGet());
  }
}
