package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.zip.CRC32C;

/** An object becomes a file: ranges of one version, each written where it belongs as it arrives. */
final class FileDownload {
  private static final int ATTEMPTS = 3;
  private static final int BUFFER = 1 << 18;

  private final ObjectStore store;
  private final Download.Limits limits;
  private final Progress progress;

  FileDownload(ObjectStore store, Download.Limits limits, Progress progress) {
    this.store = store;
    this.limits = limits;
    this.progress = progress;
  }

  ObjectVersion fetch(String key, Path file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return fetchOneVersion(key, file);
      } catch (StoreException.Changed e) {
        progress.takeBack();
        if (attempt == ATTEMPTS) throw e;
      }
    }
  }

  private ObjectVersion fetchOneVersion(String key, Path file) throws IOException {
    ObjectDetails object = store.describe(key);
    ObjectVersion version = object.meta().version();
    Optional<Integer> expected = Crc32c.of(object);
    try (NewFile to = NewFile.create(file, version.size())) {
      Ranges ranges = Ranges.even(version, limits.rangeSize());
      var job = new Job(ranges, to, new AtomicInteger(), new AtomicIntegerArray(ranges.number()));
      fetchAll(job, expected.isPresent());
      if (expected.isPresent()) Crc32c.require(object, expected, job.sum());
      if (Thread.currentThread().isInterrupted()) throw notFetched(key);
      to.appear();
      return version;
    }
  }

  /**
   * What the threads share: where bytes go, the range that is next, and the sums of those that
   * came.
   */
  private record Job(Ranges ranges, NewFile to, AtomicInteger next, AtomicIntegerArray sums) {
    int sum() {
      int sum = 0;
      for (int i = 0; i < sums.length(); i++)
        sum = Crc32c.combine(sum, sums.get(i), ranges.get(i).length());
      return sum;
    }
  }

  private void fetchAll(Job job, boolean summed) throws IOException {
    int count = job.ranges().number();
    Crew.Work work =
        () -> {
          byte[] buffer = new byte[BUFFER];
          for (int i = job.next().getAndIncrement(); i < count; i = job.next().getAndIncrement()) {
            int sum = fetchRange(job, job.ranges().get(i), buffer, summed);
            job.sums().set(i, sum);
          }
        };
    try (Crew crew = Crew.start("download", Math.min(limits.requests(), count), work, () -> {})) {
      crew.join();
    } catch (InterruptedException e) {
      throw notFetched(job.ranges().version().key());
    }
  }

  private static InterruptedIOException notFetched(String key) {
    return Crew.interrupted(key + " is not fetched");
  }

  /** The sum of its bytes, or 0 where nobody wants to know. */
  private int fetchRange(Job job, ByteRange range, byte[] buffer, boolean summed)
      throws IOException, InterruptedException {
    ObjectVersion version = job.ranges().version();
    var sum = new CRC32C();
    try (InputStream body = store.open(version, range)) {
      for (ByteRange left = range; !left.isEmpty(); ) {
        Crew.requireUninterrupted();
        int count = body.read(buffer, 0, (int) Math.min(buffer.length, left.length()));
        if (count < 0) throw Ranges.endedEarly(version, left.length());
        job.to().write(buffer, count, left.start());
        if (summed) sum.update(buffer, 0, count);
        left = left.after(count);
        progress.add(count);
      }
    }
    return (int) sum.getValue();
  }
}
