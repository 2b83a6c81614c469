package io.sluice.store.transfer;

import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.PassingStore;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32C;

/** A store that says which CRC-32C its objects have. */
final class Summed extends PassingStore {
  private final String base64;

  Summed(ObjectStore inner, byte[] bytes) {
    this(inner, base64(bytes));
  }

  Summed(ObjectStore inner, String base64) {
    super(inner);
    this.base64 = base64;
  }

  private static String base64(byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    byte[] four = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(four);
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    ObjectDetails known = inner.describe(key);
    return new ObjectDetails(
        known.meta(), known.attributes(), Map.of("crc32c", base64), known.headers());
  }
}
