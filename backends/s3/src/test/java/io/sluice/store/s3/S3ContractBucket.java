package io.sluice.store.s3;

import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of a real server: objects are written by a client beside the store under test. */
record S3ContractBucket(
    String name, ObjectStore store, S3Client writer, Map<ContractBucket.Ability, String> gaps)
    implements ContractBucket {
  /** A bucket that exists. */
  static S3ContractBucket open(S3Settings settings, Map<Ability, String> gaps)
      throws StoreException {
    return new S3ContractBucket(
        settings.bucket(), S3Store.open(settings), S3Clients.make(settings.forWriting()), gaps);
  }

  @Override
  public void put(String key, byte[] bytes) {
    writer.putObject(r -> r.bucket(name).key(key), RequestBody.fromBytes(bytes));
  }

  @Override
  public void delete(String key) {
    writer.deleteObject(r -> r.bucket(name).key(key));
  }

  @Override
  public void close() {
    store.close();
    writer.close();
  }
}
