package io.sluice.store.s3;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * The region that the bucket turned out to be in goes before the one that is set. Thread-safe.
 *
 * <p>The server is the one of our settings: the SDK would take another one from the environment.
 */
final class FoundRegion implements S3EndpointProvider {
  private final S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
  private final @Nullable String url;
  private volatile @Nullable Region found;

  FoundRegion(Optional<URI> url) {
    this.url = url.map(URI::toString).orElse(null);
  }

  @Override
  public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams asked) {
    Region region = found;
    S3EndpointParams.Builder ours = asked.toBuilder().endpoint(url);
    return rules.resolveEndpoint((region == null ? ours : ours.region(region)).build());
  }

  /** The region that was found; nothing as long as the one that is set does. */
  Optional<Region> region() {
    return Optional.ofNullable(found);
  }

  void set(Region region) {
    found = region;
  }
}
