package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.NativeCiphers;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The buckets between which is copied, each opened once, and who can copy between them itself. */
final class CopyBuckets implements AutoCloseable {
  private final Map<BucketAddress, OpenBucket> open = new LinkedHashMap<>();
  private final Map<BucketAddress, OpenBucket> copiers = new LinkedHashMap<>();

  /** Opens all of them. */
  CopyBuckets(
      BucketCommand command, List<CopySource> sources, CopyDestination destination, int requests)
      throws Failure {
    Optional<BucketAddress> target =
        destination instanceof CopyDestination.InStore to
            ? Optional.of(to.address().bucket())
            : Optional.empty();
    List<BucketAddress> buckets =
        Stream.concat(
                sources.stream()
                    .filter(CopySource.InStore.class::isInstance)
                    .map(some -> ((CopySource.InStore) some).wanted().bucket()),
                target.stream())
            .distinct()
            .toList();
    NativeCiphers.prefer();
    boolean isDone = false;
    try {
      List<BucketSource> all =
          command.connection().sources(buckets, command.environment(), requests);
      for (BucketSource each : all) open.put(each.address(), OpenBucket.of(each, command.retry()));
      if (target.isPresent()) openCopiers(command, all, target.get());
      isDone = true;
    } finally {
      if (!isDone) close();
    }
  }

  private void openCopiers(BucketCommand command, List<BucketSource> all, BucketAddress target)
      throws Failure {
    copiers.put(target, of(target));
    BucketSource into =
        all.stream().filter(some -> some.address().equals(target)).findFirst().orElseThrow();
    for (BucketSource from : all) {
      Optional<BucketSource.S3Copies> between = BucketSource.S3Copies.between(from, into);
      if (between.isPresent() && !from.equals(into))
        copiers.put(from.address(), OpenBucket.of(between.get(), command.retry()));
    }
  }

  /** One that was opened. */
  OpenBucket of(BucketAddress bucket) {
    OpenBucket found = open.get(bucket);
    if (found == null) throw new IllegalStateException("not opened: " + bucket);
    return found;
  }

  /** The target as it copies by itself from a bucket, where it can. */
  Optional<OpenBucket> copier(BucketAddress from) {
    return Optional.ofNullable(copiers.get(from));
  }

  @Override
  public void close() {
    open.values().forEach(OpenBucket::close);
    copiers.values().forEach(OpenBucket::close); // a second close does nothing
  }
}
