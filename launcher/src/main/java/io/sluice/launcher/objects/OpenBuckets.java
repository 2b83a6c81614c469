package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** The buckets that a command is about, each opened once, and closed with this. For one thread. */
final class OpenBuckets implements AutoCloseable {
  private final Map<BucketAddress, OpenBucket> open = new LinkedHashMap<>();

  /** Opens one that is not yet. */
  void open(BucketCommand command, BucketAddress bucket, int requests) throws Failure {
    if (!open.containsKey(bucket)) open.put(bucket, command.open(bucket, requests));
  }

  /** One that was opened. */
  OpenBucket of(BucketAddress bucket) {
    OpenBucket found = open.get(bucket);
    if (found == null) throw new IllegalStateException("not opened: " + bucket);
    return found;
  }

  @Override
  public void close() {
    open.values().forEach(OpenBucket::close);
  }
}
