package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.OneLine;
import io.sluice.store.BucketProbe;
import io.sluice.store.CountingStore;
import io.sluice.store.LimitedStore;
import io.sluice.store.ObjectStore;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.ChangedFileException;
import io.sluice.store.transfer.WrongBytesException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket for the time of one command: opened, but asked nothing, so that who may only write need
 * not list. For many threads at once.
 *
 * @param counts what was asked of it
 * @param store with a bound on requests, and with retries
 */
public record OpenBucket(BucketAddress address, CountingStore counts, ObjectStore store)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenBucket.class);

  /** For one question more, when all is over. */
  private static final Duration PROBE = Duration.ofSeconds(15);

  /** Opens a bucket; requests that fail are repeated like this. */
  public static OpenBucket of(BucketSource source, Retry retry) throws Failure {
    return of(source, retry, Optional.empty());
  }

  /** Opens a bucket to read this version of an object in it, where one is given. */
  public static OpenBucket of(BucketSource source, Retry retry, Optional<String> version)
      throws Failure {
    try {
      ObjectStore opened =
          version.isPresent() ? inS3(source).openVersion(version.get()) : source.open();
      var counted = new CountingStore(opened);
      var limited = new LimitedStore(counted, source.connections(), BucketConnection.PATIENCE);
      return new OpenBucket(
          source.address(), counted, new ResumingStore(limited, retry, Retry.Waiting.REAL));
    } catch (StoreException e) {
      throw BucketHint.failure(source.address(), e);
    }
  }

  private static BucketSource.S3 inS3(BucketSource source) throws Failure {
    if (source instanceof BucketSource.S3 s3) return s3;
    throw Failure.usage("--version-id is for s3:// buckets: leave it out");
  }

  /**
   * What went wrong with one of its objects, or with what the object was to come from or to go to.
   *
   * @param e of the store, or of a local file or stream
   */
  public Failure failure(String key, IOException e) {
    if (e instanceof WrongBytesException) return about(ExitCode.DAMAGED, key, e);
    if (e instanceof ChangedFileException)
      return new Failure(ExitCode.CHANGED, OneLine.of(String.valueOf(e.getMessage())), e);
    if (!(e instanceof StoreException reason))
      return new Failure(ExitCode.LOCAL, OneLine.of(reason(e)), e);
    return switch (reason) {
      case StoreException.NotFound _ ->
          missingBucket().orElseGet(() -> about(ExitCode.NOT_FOUND, key, e));
      case StoreException.Changed _, StoreException.Conflict _ -> about(ExitCode.CHANGED, key, e);
      case StoreException.Denied _, StoreException.Throttled _, StoreException.Unavailable _ ->
          BucketHint.failure(address, reason);
      case StoreException.TooLarge _,
          StoreException.RangeNotSatisfiable _,
          StoreException.Unsupported _,
          StoreException.Invalid _ ->
          about(ExitCode.BUCKET, key, e);
    };
  }

  /** A HEAD that finds nothing does not tell a key from a bucket: a listing does, where we may. */
  private Optional<Failure> missingBucket() {
    try {
      BucketProbe.check(store, "", PROBE);
      return Optional.empty();
    } catch (StoreException.NotFound e) {
      return Optional.of(BucketHint.failure(address, e));
    } catch (StoreException e) {
      LOG.debug("whether there is a bucket is not known: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Java says of files that are not there, or not for us, nothing but their names. */
  private static String reason(IOException e) {
    String text = String.valueOf(e.getMessage());
    if (e instanceof NoSuchFileException missing && missing.getReason() == null)
      return text + ": there is no such file";
    if (e instanceof AccessDeniedException) return text + ": permission denied";
    return text;
  }

  private Failure about(ExitCode code, String key, IOException e) {
    String text = OneLine.of(String.valueOf(e.getMessage()));
    String subject = text.contains(key) ? "" : new ObjectAddress(address, key) + ": ";
    return new Failure(code, subject + text, e);
  }

  @Override
  public void close() {
    store.close();
  }
}
