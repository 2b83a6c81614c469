package io.sluice.store.s3;

import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes the SDK's client from our settings. */
final class S3Clients {
  private static final Logger LOG = LoggerFactory.getLogger(S3Clients.class);

  private S3Clients() {}

  static S3Client make(S3Settings settings) {
    return make(settings, settings.endpoint().url());
  }

  /**
   * The same, with another address in place of AWS's.
   *
   * @param url the server's, where it is not to be found by AWS's rules
   */
  static S3Client make(S3Settings settings, Optional<URI> url) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder( // the builder: then the client closes it
                VerbatimTransport.over(
                    new PooledTransport.Builder(settings.transport()),
                    settings.transport().patience().silence()))
            // Third-party servers reject what AWS alone understands, and bodies are checked by
            // length.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                c -> {
                  c.addExecutionInterceptor(new NamedRegion());
                  settings
                      .access()
                      .owner()
                      .ifPresent(account -> c.addExecutionInterceptor(new ExpectedOwner(account)));
                  switch (settings.encryption()) {
                    case Encryption.OfBucket _ -> {}
                    case Encryption.Aes256 _ ->
                        c.addExecutionInterceptor(Encrypting.withKeysOfS3());
                    case Encryption.Kms kms -> c.addExecutionInterceptor(Encrypting.with(kms));
                  }
                  c.putAdvancedOption(
                      SdkAdvancedClientOption.USER_AGENT_SUFFIX, settings.transport().agent());
                  c.retryStrategy(DefaultRetryStrategy.doNotRetry());
                  // An answer that drips is never silent, so silence alone does not bound it.
                  c.apiCallTimeout(settings.patience().answer());
                  settings.access().profile().ifPresent(c::defaultProfileName);
                });
    S3Settings.Endpoint endpoint = settings.endpoint();
    url.ifPresent(builder::endpointOverride);
    if (endpoint.pathStyle()) builder.forcePathStyle(true);
    if (endpoint.dualStack()) builder.dualstackEnabled(true);
    if (endpoint.fips()) builder.fipsEnabled(true);
    // Signed chunk by chunk, a body is refused by some servers (Ceph), and costs a SHA-256 at AWS.
    // Which bodies are announced is for the connections to say.
    builder.serviceConfiguration(c -> c.chunkedEncodingEnabled(false).expectContinueEnabled(false));
    builder.region(region(settings));
    builder.credentialsProvider(credentials(settings));
    if (endpoint.isForeign()) return builder.build();
    var found = new FoundRegion(url);
    S3Client client = builder.endpointProvider(found).build();
    return new RegionFollowing(client, found, settings.bucket());
  }

  /**
   * Signs as a client does, for the region that it found, with its credentials.
   *
   * @param client made from the same settings
   */
  static S3Presigner presigner(S3Settings settings, S3Client client) {
    S3Settings.Endpoint endpoint = settings.endpoint();
    Region region = region(settings);
    if (client instanceof RegionFollowing aws)
      region = endpoint.region().isPresent() ? aws.region() : aws.sure();
    URI server = endpoint.url().isPresent() ? endpoint.url().get() : ofAws(endpoint, region);
    return S3Presigner.builder()
        .region(region)
        .credentialsProvider(client.serviceClientConfiguration().credentialsProvider())
        // Always said, so that the SDK does not look for one in the environment.
        .endpointOverride(server)
        .serviceConfiguration(
            S3Configuration.builder().pathStyleAccessEnabled(endpoint.pathStyle()).build())
        .build();
  }

  private static URI ofAws(S3Settings.Endpoint endpoint, Region region) {
    return S3EndpointProvider.defaultProvider()
        .resolveEndpoint(
            rules ->
                rules.region(region).useFips(endpoint.fips()).useDualStack(endpoint.dualStack()))
        .join()
        .endpointUrl()
        .toUri();
  }

  /**
   * Where no region is set anywhere, the one that other servers accept and from which AWS says
   * where the bucket is.
   */
  private static Region region(S3Settings settings) {
    S3Settings.Endpoint endpoint = settings.endpoint();
    if (endpoint.region().isPresent()) return Region.of(endpoint.region().get());
    if (endpoint.isForeign()) return Region.US_EAST_1;
    var chain = DefaultAwsRegionProviderChain.builder();
    settings.access().profile().ifPresent(chain::profileName);
    try {
      return Optional.ofNullable(chain.build().getRegion()).orElse(Region.US_EAST_1);
    } catch (SdkClientException e) {
      LOG.debug("no region is set: asking {} for it", Region.US_EAST_1, e);
      return Region.US_EAST_1;
    }
  }

  /** A profile that is asked for by name comes before keys in the environment, as in AWS's CLI. */
  private static AwsCredentialsProvider credentials(S3Settings settings) {
    S3Settings.Access access = settings.access();
    if (access.anonymous()) return AnonymousCredentialsProvider.create();
    if (access.keys().isPresent())
      return StaticCredentialsProvider.create(sdk(access.keys().get()));
    return access
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials sdk(Keys keys) {
    return keys.token().isPresent()
        ? AwsSessionCredentials.create(keys.id(), keys.secret(), keys.token().get())
        : AwsBasicCredentials.create(keys.id(), keys.secret());
  }
}
