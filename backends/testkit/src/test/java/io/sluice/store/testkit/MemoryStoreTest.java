package io.sluice.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectStore;
import java.time.Instant;
import java.util.Map;

/** The fake of all other tests keeps the contract that the real stores keep. */
final class MemoryStoreTest extends StoreContract {
  @Override
  protected ContractBucket emptyBucket() {
    var store = new MemoryStore();
    return new ContractBucket() {
      @Override
      public ObjectStore store() {
        return store;
      }

      @Override
      public void put(String key, byte[] bytes) {
        store.put(key, bytes, Instant.now());
      }

      @Override
      public void delete(String key) {
        store.remove(key);
      }

      @Override
      public Map<Ability, String> gaps() {
        return Map.of(Ability.PRESIGNED_URLS, "memory has no URLs");
      }

      @Override
      public void close() {
        store.close();
        assertThat(store.openBodies()).as("bodies left open").isZero();
      }
    };
  }
}
