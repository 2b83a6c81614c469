package io.sluice.store.transfer;

import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectStore;
import io.sluice.store.PendingUpload;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uploads in parts that nobody ends any more: what a killed process has left. */
public final class StaleUploads {
  private final InstantSource clock;

  public StaleUploads(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Aborts the uploads for keys with a prefix that began longer ago than {@code age}; whoever still
   * sends parts of one of them fails. One that cannot be aborted does not keep the others.
   *
   * @return those that were aborted
   * @throws StoreException the first failure, with the others suppressed, after all were tried
   */
  public List<UploadId> abortOlderThan(ObjectStore store, String prefix, Duration age)
      throws StoreException {
    if (age.isNegative()) throw new IllegalArgumentException("an age of " + age);
    Instant oldest = clock.instant().minus(age);
    MultipartUploads uploads = store.uploads();
    List<UploadId> aborted = new ArrayList<>();
    @Nullable StoreException failure = null;
    for (PendingUpload upload : uploads.pending(prefix)) {
      if (!upload.begun().isBefore(oldest)) continue;
      try {
        uploads.abort(upload.id());
        aborted.add(upload.id());
      } catch (StoreException e) {
        if (failure == null) failure = e;
        else failure.addSuppressed(e);
      }
    }
    if (failure != null) throw failure;
    return aborted;
  }
}
