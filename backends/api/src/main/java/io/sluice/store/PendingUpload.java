package io.sluice.store;

import java.time.Instant;

/** An upload in parts that somebody began and has not ended, and when. */
public record PendingUpload(UploadId id, Instant begun) {}
