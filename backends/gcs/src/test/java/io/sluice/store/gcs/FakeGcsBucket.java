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
        Ability.PAGES_OF_PREFIXES, "fake-gcs-server gives all that is rolled up with each page",
        Ability.COPY_IF_UNCHANGED, "fake-gcs-server does not look at conditions of a rewrite",
        Ability.CONDITIONAL_COMPLETE, "nor at those of a compose",
        Ability.PRESIGNED_URLS, "fake-gcs-server checks no signature",
        Ability.HUNDRED_THOUSAND_OBJECTS, "fake-gcs-server sorts all of them for each page",
        Ability.TAGS, "Cloud Storage has none");
  }

  @Override
  public void close() {
    store.close();
  }
}
