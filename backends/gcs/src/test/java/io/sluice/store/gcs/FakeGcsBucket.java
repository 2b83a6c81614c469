package io.sluice.store.gcs;

import io.sluice.store.ObjectStore;
import io.sluice.store.testkit.ContractBucket;
import java.util.Map;

/** A bucket of the emulator under the contract. */
record FakeGcsBucket(FakeGcs server, String name, ObjectStore store) implements ContractBucket {
  static FakeGcsBucket empty(FakeGcs server, String name) throws Exception {
    server.makeBucket(name);
    return new FakeGcsBucket(server, name, GcsStore.open(server.settings(name, CONNECTIONS)));
  }

  @Override
  public void put(String key, byte[] bytes) throws Exception {
    server.put(name, key, bytes);
  }

  @Override
  public void delete(String key) throws Exception {
    server.delete(name, key);
  }

  @Override
  public Map<Ability, String> gaps() {
    return Map.of(
        Ability.PAGES_OF_PREFIXES, "fake-gcs-server gives all that is rolled up with each page");
  }

  @Override
  public void close() {
    store.close();
  }
}
