package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.PartSizes;
import io.sluice.store.transfer.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * Objects from one store to another that cannot fetch them itself: the bytes come here and go on,
 * without a file between. However many are under way, they have a bound on memory together: small
 * ones take as much as they are, large ones what keeps their requests busy. For many threads at
 * once.
 */
final class PassingThrough {
  private static final long MIB = 1 << 20;

  /** In bytes: up to this they are an array, and two requests. */
  static final long SMALL = 8 * MIB;

  /** In bytes: of one request of a download. */
  private static final int RANGE = 4 << 20;

  /** In bytes: of a part of an upload, where 10,000 of them do. */
  private static final long PART = 8 * MIB;

  private static final int BETWEEN = 1 << 20;

  /** A part of it at most is for objects: the rest is for connections. */
  private static final int SHARE = 2;

  private final long memory;
  private final int requests;
  private final Semaphore mebibytes;

  /**
   * With so much memory, and so many requests on either side at most.
   *
   * @param heap in bytes, of the whole process
   */
  PassingThrough(long heap, int requests) {
    int share = (int) (Math.max(4 * PART, heap / SHARE) / MIB);
    this.memory = share * MIB;
    long each = RANGE + PART;
    long fixed = 2L * RANGE + PART + BETWEEN; // what a window has beside its requests
    this.requests = Math.clamp((memory - fixed) / each, 1, requests);
    this.mebibytes = new Semaphore(share, true);
  }

  /**
   * Copies one version of an object.
   *
   * @param object as it is now; where it is another one when its bytes come, that is a failure
   */
  void copy(
      OpenBucket from,
      ObjectDetails object,
      OpenBucket to,
      String key,
      PutOptions options,
      LongConsumer progress)
      throws Failure, InterruptedException {
    long size = object.meta().size();
    int taken = (int) (Math.min(memory, size <= SMALL ? size + MIB : window(size)) / MIB);
    mebibytes.acquire(taken);
    try {
      if (size <= SMALL) atOnce(from, object, to, key, options, progress);
      else inParts(from, object, to, key, options, progress);
    } finally {
      mebibytes.release(taken);
    }
  }

  private static void atOnce(
      OpenBucket from,
      ObjectDetails object,
      OpenBucket to,
      String key,
      PutOptions options,
      LongConsumer progress)
      throws Failure {
    byte[] bytes;
    try {
      bytes = read(from, object);
    } catch (IOException e) {
      throw from.failure(object.meta().key(), e);
    }
    try {
      to.store().put(key, Payload.of(bytes), options);
    } catch (StoreException e) {
      throw to.failure(key, e);
    }
    progress.accept(bytes.length);
  }

  private static byte[] read(OpenBucket from, ObjectDetails object) throws IOException, Failure {
    ObjectVersion version = object.meta().version();
    byte[] bytes = new byte[(int) version.size()];
    try (InputStream body = from.store().open(version, version.all())) {
      if (body.readNBytes(bytes, 0, bytes.length) < bytes.length)
        throw new StoreException.Unavailable(version.key() + " ended early", null);
    }
    Optional<Integer> expected = StoredCrc32c.decoded(object.checksums().get("crc32c"));
    var sum = new CRC32C();
    sum.update(bytes);
    if (expected.isPresent() && expected.get() != (int) sum.getValue())
      throw new Failure(
          ExitCode.DAMAGED,
          "the bytes of %s that came are not those of the object, by its CRC-32C: copy it again"
              .formatted(ShownKey.of(version.key())),
          null);
    return bytes;
  }

  /** One thread writes what comes into a pipe, this one sends what is in it. */
  private void inParts(
      OpenBucket from,
      ObjectDetails object,
      OpenBucket to,
      String key,
      PutOptions options,
      LongConsumer progress)
      throws Failure {
    var pipe = new BytePipe(BETWEEN);
    var download = new Fetching(from, object.meta().version(), requests, pipe);
    Thread fetching = Thread.ofPlatform().daemon().name("fetch").start(download);
    try {
      new Upload(to.store(), limits(object.meta().size()), progress)
          .stream(pipe.source(), key, options);
    } catch (IOException e) {
      if (e.equals(download.failure)) throw from.failure(object.meta().key(), e);
      throw to.failure(key, e);
    } finally {
      pipe.fail(new IOException("nobody wants the bytes of " + object.meta().key()));
      fetching.interrupt();
    }
  }

  /** In bytes: what an object takes that is on its way in parts. */
  private long window(long size) {
    long part = size / Part.MOST + MIB; // in whole MiB at least what 10,000 need
    return (requests + 2L) * RANGE + Math.max(part, (requests + 1L) * PART) + BETWEEN;
  }

  private Upload.Limits limits(long size) throws StoreException {
    long part = new PartSizes(PART, 1 << 30).ofLength(size);
    // Beyond 78 GiB parts are larger, and fewer are under way.
    if (part > memory)
      throw new StoreException.TooLarge(
          "its %d bytes go through memory in parts of %d MiB: give the program a larger heap (-Xmx)"
              .formatted(size, part / MIB),
          null);
    long window = Math.max(part, Math.min(memory, (requests + 1) * PART));
    return new Upload.Limits(requests, new PartSizes(part, part), window, 0);
  }

  /** The half that reads; its failure is the reader's of the pipe. */
  private static final class Fetching implements Runnable {
    private final OpenBucket from;
    private final ObjectVersion version;
    private final int requests;
    private final BytePipe pipe;
    private volatile IOException failure = new IOException("none");

    Fetching(OpenBucket from, ObjectVersion version, int requests, BytePipe pipe) {
      this.from = from;
      this.version = version;
      this.requests = requests;
      this.pipe = pipe;
    }

    @Override
    public void run() {
      try {
        var limits = new Download.Limits(requests, RANGE);
        ObjectVersion came =
            new Download(from.store(), limits, _ -> {}).stream(version.key(), pipe.sink());
        if (!came.equals(version))
          throw new StoreException.Changed(version.key() + " was replaced meanwhile", null);
        pipe.finish();
      } catch (IOException e) {
        fail(e);
      } catch (RuntimeException | Error e) {
        fail(new IOException("reading " + version.key() + ": " + e, e)); // else nobody would know
      }
    }

    private void fail(IOException reason) {
      failure = reason;
      pipe.fail(reason);
    }
  }
}
