package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import io.sluice.store.transfer.checksum.Sum;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** An object becomes a file: ranges of one version, each written where it belongs as it arrives. */
final class FileDownload {
  private static final int ATTEMPTS = 3;
  private static final int BUFFER = 1 << 18;

  private final ObjectStore store;
  private final Download.Limits limits;
  private final Expecting expecting;
  private final Progress progress;

  FileDownload(ObjectStore store, Download.Limits limits, Expecting expecting, Progress progress) {
    this.store = store;
    this.limits = limits;
    this.expecting = expecting;
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
    Optional<Expected> expected = expecting.of(object);
    try (NewFile to = NewFile.create(file, version.size())) {
      Ranges ranges = Ranges.even(version, limits.rangeSize());
      var job = new Job(ranges, to, expected.filter(Expected::combines).map(Expected::algorithm));
      fetchAll(job);
      if (expected.isPresent())
        WrongBytesException.require(key, expected.get(), sum(job, expected.get()));
      if (Thread.currentThread().isInterrupted()) throw notFetched(key);
      to.appear();
      return version;
    }
  }

  /** Those of the ranges, combined; where they do not combine, the file is read once more. */
  private static byte[] sum(Job job, Expected expected) throws IOException {
    if (job.summed.isPresent()) return job.sum(expected);
    Sum sum = expected.begin();
    byte[] buffer = new byte[BUFFER];
    long size = job.ranges.version().size();
    for (long at = 0; at < size; ) {
      int count = job.to.read(buffer, at);
      sum.add(buffer, 0, count);
      at += count;
    }
    return sum.value();
  }

  /**
   * What the threads share: where bytes go, the range that is next, the sums of those that came.
   */
  private static final class Job {
    private final Ranges ranges;
    private final NewFile to;
    private final Optional<Algorithm> summed;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<byte[]> sums;

    Job(Ranges ranges, NewFile to, Optional<Algorithm> summed) {
      this.ranges = ranges;
      this.to = to;
      this.summed = summed;
      this.sums = new AtomicReferenceArray<>(ranges.number());
    }

    byte[] sum(Expected expected) {
      Algorithm algorithm = expected.algorithm();
      byte[] sum = algorithm.begin().value(); // of nothing
      for (int i = 0; i < sums.length(); i++)
        sum = algorithm.combine(sum, sums.get(i), ranges.get(i).length());
      return sum;
    }
  }

  private void fetchAll(Job job) throws IOException {
    int count = job.ranges.number();
    Crew.Work work =
        () -> {
          byte[] buffer = new byte[BUFFER];
          for (int i = job.next.getAndIncrement(); i < count; i = job.next.getAndIncrement()) {
            Optional<Sum> sum = job.summed.map(Algorithm::begin);
            fetchRange(job, job.ranges.get(i), buffer, sum);
            if (sum.isPresent()) job.sums.set(i, sum.get().value());
          }
        };
    try (Crew crew = Crew.start("download", Math.min(limits.requests(), count), work, () -> {})) {
      crew.join();
    } catch (InterruptedException e) {
      throw notFetched(job.ranges.version().key());
    }
  }

  private static InterruptedIOException notFetched(String key) {
    return Crew.interrupted(key + " is not fetched");
  }

  private void fetchRange(Job job, ByteRange range, byte[] buffer, Optional<Sum> sum)
      throws IOException, InterruptedException {
    ObjectVersion version = job.ranges.version();
    try (InputStream body = store.open(version, range)) {
      for (ByteRange left = range; !left.isEmpty(); ) {
        Crew.requireUninterrupted();
        int count = body.read(buffer, 0, (int) Math.min(buffer.length, left.length()));
        if (count < 0) throw Ranges.endedEarly(version, left.length());
        job.to.write(buffer, count, left.start());
        if (sum.isPresent()) sum.get().add(buffer, 0, count);
        left = left.after(count);
        progress.add(count);
      }
    }
  }
}
