package io.sluice.store.s3;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** The region that the bucket turned out to be in goes before the one that is set. Thread-safe. */
final class FoundRegion implements S3EndpointProvider {
  private final S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
  private volatile @Nullable Region found;

  @Override
  public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams asked) {
    Region region = found;
    return rules.resolveEndpoint(region == null ? asked : asked.toBuilder().region(region).build());
  }

  /** The region that was found; nothing as long as the one that is set does. */
  Optional<Region> region() {
    return Optional.ofNullable(found);
  }

  void set(Region region) {
    found = region;
  }
}
