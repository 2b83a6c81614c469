package io.sluice.store.s3;

import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A client of AWS that goes where its bucket is: a request that is refused because of the region is
 * sent once more, to the right one, and all that follow go there at once. Nothing is asked beyond
 * that where the region was right. Thread-safe.
 *
 * <p>Not the SDK's own cross-region client: that repeats every refusal which names a region, the
 * right one included, so each 404 of a HEAD would cost two requests.
 */
final class RegionFollowing extends DelegatingS3Client {
  private final S3Client client;
  private final FoundRegion found;
  private final String bucket;

  /**
   * Around a client of AWS.
   *
   * @param found the endpoint rules that the client was made with
   */
  RegionFollowing(S3Client client, FoundRegion found, String bucket) {
    super(client);
    this.client = client;
    this.found = found;
    this.bucket = bucket;
  }

  /** The region that requests are sent to now. */
  Region region() {
    return found.region().orElseGet(() -> client.serviceClientConfiguration().region());
  }

  /** The region of the bucket, which is asked for it where no request has shown it. */
  Region sure() {
    if (found.region().isEmpty()) found.set(ofTheBucket().map(Region::of).orElseGet(this::region));
    return region();
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    Region asked = region();
    try {
      return operation.apply(request);
    } catch (AwsServiceException e) {
      Optional<Region> there = elsewhere(request, e).filter(region -> !region.equals(asked));
      if (there.isEmpty()) throw e;
      found.set(there.get());
      return operation.apply(request);
    }
  }

  private Optional<Region> elsewhere(S3Request request, AwsServiceException e) {
    // A HEAD is refused without a word: 400, for whatever reason.
    boolean isUnexplained = e.statusCode() == 400 && request instanceof HeadObjectRequest;
    if (!Redirection.isOne(e) && !isUnexplained) return Optional.empty();
    return Redirection.region(e).or(this::ofTheBucket).map(Region::of);
  }

  /** S3 tells a bucket's region to everybody, with whatever else it answers. */
  private Optional<String> ofTheBucket() {
    try {
      return Optional.ofNullable(client.headBucket(r -> r.bucket(bucket)).bucketRegion());
    } catch (AwsServiceException e) {
      return Redirection.region(e);
    }
  }
}
