package io.sluice.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A real S3 server in this JVM (S3Proxy): checks signatures and conditions, keeps objects below a
 * directory. While it runs, the SDK's credential chain finds the credentials that it accepts.
 */
final class EmbeddedS3 implements AutoCloseable {
  static final String ACCESS_KEY = "test-access-key";
  static final String SECRET = "test-secret-that-no-message-shows";

  private final S3Proxy proxy;
  private final Path directory;
  private final ChainCredentials credentials;

  private EmbeddedS3(S3Proxy proxy, Path directory) {
    this.proxy = proxy;
    this.directory = directory;
    this.credentials = ChainCredentials.of(ACCESS_KEY, SECRET);
  }

  /** Starts a server on a free port; it answers when this returns. */
  static EmbeddedS3 start(Path directory) throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(64)
            .build();
    proxy.start();
    return new EmbeddedS3(proxy, directory);
  }

  /** Settings for a bucket, which is made where it does not exist yet. */
  S3Settings bucket(String name, int connections) {
    try {
      Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings(name, connections);
  }

  S3Settings settings(String bucket, int connections) {
    var endpoint = new S3Settings.Endpoint(Optional.of(url()), Optional.empty(), true);
    return S3Settings.of(bucket, endpoint, S3Settings.Access.USUAL, connections);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  @Override
  public void close() {
    credentials.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server does not stop", e);
    }
  }
}
