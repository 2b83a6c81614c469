package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.launcher.cli.Stopping;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.PartSizes;
import io.sluice.store.transfer.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one object or file is copied, whatever it is and wherever to. For many threads at once. */
final class CopyWork {
  /** In bytes: of these only a few at once, since each keeps all connections busy. */
  private static final long LARGE = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CopyWork.class);

  private final CopyOrders orders;
  private final LongConsumer progress;
  private final Consumer<String> say;
  private final Stopping stop;
  private final PassingThrough passing;
  private final Semaphore large = new Semaphore(CopyRequests.LARGE, true);
  private final AtomicBoolean saidThatTagsAreLeft = new AtomicBoolean();

  /**
   * What is to be done with each.
   *
   * @param options precondition of the target, and what is to be kept with it
   * @param requests of one object, at once
   * @param parts of files that go up
   */
  record CopyOrders(PutOptions options, int requests, PartSizes parts) {
    boolean isIfAbsent() {
      return options.isConditional();
    }
  }

  CopyWork(CopyOrders orders, LongConsumer progress, Consumer<String> say, Stopping stop) {
    this.orders = orders;
    this.progress = progress;
    this.say = say;
    this.stop = stop;
    this.passing = new PassingThrough(Runtime.getRuntime().maxMemory(), orders.requests());
  }

  /** A file becomes an object. */
  void upload(Path file, OpenBucket to, String key) throws Failure, InterruptedException {
    try {
      if (Files.size(file) > PassingThrough.SMALL) requireAbsent(to, key);
      var limits =
          new Upload.Limits(
              orders.requests(), orders.parts(), Math.max(LARGE, orders.parts().base()), LARGE);
      var upload = new Upload(to.store(), limits, progress);
      gated(Files.size(file), () -> sent(file, upload, key));
    } catch (IOException e) {
      throw to.failure(key, e);
    }
  }

  private ObjectVersion sent(Path file, Upload upload, String key) throws IOException {
    boolean isPipe = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    return isPipe
        ? PipeInput.send(StandardStreams.input(file), stop, upload, key, orders.options())
        : upload.file(file, key, orders.options());
  }

  /** An object becomes a file; one that ends with a slash a directory. */
  void download(OpenBucket from, ObjectMeta object, CopyTarget target, CopyTarget.Found found)
      throws Failure, InterruptedException {
    String key = object.key();
    try {
      if (key.endsWith("/") && object.size() > 0)
        throw new Failure(
            ExitCode.INCOMPLETE,
            "'%s' is not written: it ends with a slash as a directory does, and has bytes"
                .formatted(ShownKey.of(key)),
            null);
      Path base = Path.of(target.base());
      Path file =
          target.isItself(found)
              ? LocalTarget.named(base)
              : new LocalTarget(base).file(CopyTarget.below(found));
      if (key.endsWith("/")) return;
      // Looked at, not locked: there is no renaming of a file that spares another one.
      if (orders.isIfAbsent() && Files.exists(file))
        throw new Failure(ExitCode.CHANGED, file + " is there already: it is left as it is", null);
      var limits = new Download.Limits(orders.requests(), Download.Limits.USUAL.rangeSize());
      gated(object.size(), () -> new Download(from.store(), limits, progress).file(key, file));
    } catch (IOException e) {
      throw from.failure(key, e);
    }
  }

  /** An object is copied by the store itself. */
  void copy(OpenBucket store, OpenBucket from, ObjectMeta object, String key) throws Failure {
    requireAbsent(store, key);
    ObjectAttributes given = orders.options().attributes();
    try {
      PutOptions options =
          given.isEmpty()
              ? orders.options()
              : orders
                  .options()
                  .with(merged(withTags(from, from.store().describe(object.key())), given));
      store.store().copy(object.version(), key, options);
      progress.accept(object.size());
    } catch (StoreException e) {
      throw store.failure(key, e);
    }
  }

  /** An object is read here and written there. */
  void pass(OpenBucket from, ObjectMeta object, OpenBucket to, String key)
      throws Failure, InterruptedException {
    ObjectDetails details;
    ObjectAttributes attributes;
    try {
      details = from.store().describe(object.key());
      boolean hasTags =
          from.address() instanceof BucketAddress.S3 && to.address() instanceof BucketAddress.S3;
      attributes = hasTags ? withTags(from, details) : details.attributes();
    } catch (StoreException e) {
      throw from.failure(object.key(), e);
    }
    // Each store has its own classes of storage.
    var kept =
        new ObjectAttributes(
            attributes.headers(),
            attributes.metadata(),
            attributes.tags(),
            Optional.empty(),
            Optional.empty());
    PutOptions options = orders.options().with(merged(kept, orders.options().attributes()));
    if (object.size() <= PassingThrough.SMALL) {
      passing.copy(from, details, to, key, options, progress);
      return;
    }
    requireAbsent(to, key);
    large.acquire();
    try {
      passing.copy(from, details, to, key, options, progress);
    } finally {
      large.release();
    }
  }

  private ObjectAttributes withTags(OpenBucket from, ObjectDetails details) throws StoreException {
    String key = details.meta().key();
    try {
      return details.attributes().withTags(from.store().tags(key));
    } catch (StoreException.Unsupported _) {
      return details.attributes();
    } catch (StoreException.Denied _) {
      // As a rule of public buckets: their objects may be read, their tags may not.
      if (saidThatTagsAreLeft.compareAndSet(false, true))
        say.accept("tags are not copied: they may not be read (s3:GetObjectTagging)");
      return details.attributes();
    }
  }

  /** What is given one by one, over what there was. */
  static ObjectAttributes merged(ObjectAttributes kept, ObjectAttributes given) {
    ObjectAttributes all = kept;
    for (var header : given.headers().entrySet())
      all = all.with(header.getKey(), header.getValue());
    for (var entry : given.metadata().entrySet())
      all = all.withMetadata(entry.getKey(), entry.getValue());
    if (!given.tags().isEmpty()) all = all.withTags(given.tags());
    if (given.storageClass().isPresent()) all = all.withStorageClass(given.storageClass().get());
    return given.acl().isPresent() ? all.withAcl(given.acl().get()) : all;
  }

  /**
   * The condition is the store's, at the end; this spares sending all that it would refuse. Who may
   * write need not be allowed to ask.
   */
  private void requireAbsent(OpenBucket to, String key) throws Failure {
    if (!orders.isIfAbsent()) return;
    try {
      ObjectMeta _ = to.store().head(key);
    } catch (StoreException e) {
      LOG.debug("not known to be there: {}", e.getMessage());
      return;
    }
    throw new Failure(
        ExitCode.CHANGED, ShownKey.of(key) + " is there already: it is left as it is", null);
  }

  private interface Transfer {
    Object run() throws IOException;
  }

  private void gated(long size, Transfer transfer) throws IOException, InterruptedException {
    if (size < LARGE) {
      Object _ = transfer.run();
      return;
    }
    large.acquire();
    try {
      Object _ = transfer.run();
    } finally {
      large.release();
    }
  }
}
