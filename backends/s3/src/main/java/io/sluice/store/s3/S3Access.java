package io.sluice.store.s3;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * What every writing request needs: what goes with each of them, and a client of its own, made when
 * it is first needed. Reading never waits behind writing, and a server that has taken a body may be
 * silent for longer than one that is read from. For many threads at once.
 */
final class S3Access implements AutoCloseable {
  /** Slower than this a body is not sent, but stuck. */
  private static final long LEAST_BYTES_PER_SECOND = 64 << 10;

  private final S3Settings settings;
  private final S3Errors errors;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable S3Client client;

  @GuardedBy("lock")
  private boolean closed;

  S3Access(S3Settings settings) {
    this.settings = settings;
    this.errors = new S3Errors(settings.bucket());
  }

  S3Client client() throws StoreException {
    synchronized (lock) {
      if (closed) throw new StoreException.Unavailable("s3://" + bucket() + " is closed", null);
      try {
        if (client == null) client = S3Clients.make(settings);
        return client;
      } catch (SdkException e) {
        throw errors.translate("opening", "", e);
      }
    }
  }

  String bucket() {
    return settings.bucket();
  }

  @Nullable RequestPayer payer() {
    return settings.access().requesterPays() ? RequestPayer.REQUESTER : null;
  }

  boolean isForeign() {
    return settings.endpoint().isForeign();
  }

  int connections() {
    return settings.connections();
  }

  Integrity integrity() {
    return settings.integrity();
  }

  StoreException translate(String operation, String key, Exception e) {
    return errors.translate(operation, key, e);
  }

  /** What a write failed of; that there is nothing to match is as good as another version. */
  StoreException refused(String operation, String key, Precondition precondition, Exception e) {
    StoreException reason = translate(operation, key, e);
    return isNoSuchKey(e) && precondition instanceof Precondition.Unchanged
        ? new StoreException.Changed(String.valueOf(reason.getMessage()), e)
        : reason;
  }

  static boolean isNoSuchKey(Exception e) {
    return e instanceof AwsServiceException answer
        && Optional.ofNullable(answer.awsErrorDetails())
            .filter(details -> "NoSuchKey".equals(details.errorCode()))
            .isPresent();
  }

  /** Time for that many bytes, and then for an answer. */
  AwsRequestOverrideConfiguration timeFor(long bytes) {
    Duration sending = Duration.ofSeconds(bytes / LEAST_BYTES_PER_SECOND);
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(settings.patience().answer().plus(sending))
        .build();
  }

  /** An empty key would name the bucket. */
  void requireKey(String key) throws StoreException {
    if (key.isEmpty()) throw new StoreException.Invalid("an empty key in s3://" + bucket(), null);
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (client != null) client.close();
    }
  }
}
