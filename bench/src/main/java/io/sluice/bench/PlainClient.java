package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import java.io.InputStream;
import java.net.URI;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's client as the baseline uses it, with nothing of ours around it. */
record PlainClient(S3Client client, String bucket) implements ObjectStore {
  static ObjectStore open(URI endpoint, String bucket, int connections) {
    return new PlainClient(
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .httpClientBuilder(Apache5HttpClient.builder().maxConnections(connections + 2))
            .build(),
        bucket);
  }

  @Override
  public ObjectMeta head(String key) {
    var head = client.headObject(request -> request.bucket(bucket).key(key));
    return new ObjectMeta(
        new ObjectVersion(key, head.eTag(), head.contentLength()), head.lastModified());
  }

  @Override
  public ListPage list(ListRequest request) {
    throw new UnsupportedOperationException("the baseline lists nothing");
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) {
    return client.getObject(
        request ->
            request
                .bucket(bucket)
                .key(version.key())
                .ifMatch(version.tag())
                .range("bytes=" + range.start() + "-" + (range.end() - 1)));
  }

  @Override
  public void close() {
    client.close();
  }
}
