package io.sluice.store;

import java.time.Instant;
import java.util.Comparator;

/** An upload in parts that somebody began and has not ended, and when. */
public record PendingUpload(UploadId id, Instant begun) {
  /**
   * By key, the oldest of a key first: as {@link MultipartUploads#pending} gives them. Those of one
   * tick of the store's clock (Google's counts milliseconds) are in the order of their ids.
   */
  public static final Comparator<PendingUpload> IN_ORDER =
      Comparator.comparing((PendingUpload upload) -> upload.id().key())
          .thenComparing(PendingUpload::begun)
          .thenComparing(upload -> upload.id().id());
}
