package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.checksum.Expected;
import io.sluice.store.transfer.checksum.Sum;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** An object, or a range of it, in one request and one array. */
final class ArrayDownload {
  private final ObjectStore store;
  private final Expecting expecting;
  private final Progress progress;

  ArrayDownload(ObjectStore store, Expecting expecting, Progress progress) {
    this.store = store;
    this.expecting = expecting;
    this.progress = progress;
  }

  byte[] whole(String key, int most) throws IOException {
    ObjectDetails object = store.describe(key);
    ObjectVersion version = object.meta().version();
    if (version.size() > most)
      throw new StoreException.TooLarge(
          "%s has %d bytes, and %d are allowed".formatted(key, version.size(), most), null);
    byte[] bytes = read(version, version.all());
    Optional<Expected> expected = expecting.of(object);
    if (expected.isPresent()) {
      Sum sum = expected.get().begin();
      sum.add(bytes, 0, bytes.length);
      WrongBytesException.require(key, expected.get(), sum.value());
    }
    return bytes;
  }

  byte[] range(String key, ByteRange range) throws IOException {
    if (range.length() > Integer.MAX_VALUE)
      throw new IllegalArgumentException("no array holds " + range);
    if (range.isEmpty()) return new byte[0];
    ObjectVersion version = store.head(key).version();
    if (range.end() > version.size())
      throw new StoreException.RangeNotSatisfiable(
          "%s of %s, which has %d bytes".formatted(range, key, version.size()), null);
    return read(version, range);
  }

  private byte[] read(ObjectVersion version, ByteRange range) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(range.length())];
    if (range.isEmpty()) return bytes;
    try (InputStream body = store.open(version, range)) {
      int count = body.readNBytes(bytes, 0, bytes.length);
      if (count < bytes.length) throw Ranges.endedEarly(version, bytes.length - count);
    }
    progress.add(bytes.length);
    return bytes;
  }
}
