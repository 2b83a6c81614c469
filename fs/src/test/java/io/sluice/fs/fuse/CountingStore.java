package io.sluice.fs.fuse;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One object of any size, whose bytes tell where they are: no memory holds 5 GiB. */
final class CountingStore extends ReadOnlyStore {
  static final String KEY = "large.bin";

  private final ObjectMeta meta;

  CountingStore(long size) {
    meta = new ObjectMeta(new ObjectVersion(KEY, "v1", size), Instant.EPOCH);
  }

  /** Each byte depends on all of its offset, the bits above 32 included. */
  static byte[] bytes(long from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) bytes[i] = (byte) ((Long.hashCode(from + i) * 31) >>> 3);
    return bytes;
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    if (!key.equals(KEY)) throw new StoreException.NotFound("no object " + key, null);
    return meta;
  }

  @Override
  public ListPage list(ListRequest request) {
    boolean isIn = KEY.startsWith(request.prefix());
    return new ListPage(isIn ? List.of(meta) : List.of(), List.of(), Optional.empty());
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) {
    return new ByteArrayInputStream(bytes(range.start(), Math.toIntExact(range.length())));
  }

  @Override
  public void close() {}
}
