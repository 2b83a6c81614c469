package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.store.PendingUpload;
import io.sluice.store.StoreException;
import java.util.List;
import java.util.stream.Collectors;

/** What a store knows of uploads that nobody has ended. */
final class PendingUploads {
  private PendingUploads() {}

  /** To exactly this key, the oldest first. */
  static List<PendingUpload> of(OpenBucket bucket, String key) throws StoreException {
    return bucket.store().uploads().pending(key).stream()
        .filter(upload -> upload.id().key().equals(key))
        .toList();
  }

  static String names(List<PendingUpload> pending) {
    return pending.stream()
        .map(upload -> "%s of %s".formatted(upload.id().id(), upload.begun()))
        .collect(Collectors.joining(", "));
  }
}
