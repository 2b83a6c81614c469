package io.sluice.launcher;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A real S3 server on loopback, which can go away, come back at the same address, and refuse. */
final class S3Server {
  static final String ACCESS_KEY = "test-key";
  static final String SECRET_KEY = "test-secret";

  private final Refusing store;
  private S3Proxy proxy;

  private S3Server(Refusing store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
  }

  static S3Server start(Path directory) throws Exception {
    var store = new Refusing(new FilesystemNio2BlobStore(directory.toString()));
    return new S3Server(store, listening(store, 0));
  }

  private static S3Proxy listening(BlobStore store, int port) throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(64)
            .build();
    proxy.start();
    return proxy;
  }

  String url() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  /** How a process finds it and is let in. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", url(),
        "AWS_ACCESS_KEY_ID", ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
  }

  void makeBucket(String name) {
    store.createContainer(name);
  }

  void put(String bucket, String key, byte[] bytes) {
    store.putBlob(
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentLength((long) bytes.length)
            .build(),
        new ByteArrayInputStream(bytes));
  }

  void delete(String bucket, String key) {
    store.removeBlob(bucket, key);
  }

  /** From now on every GET of an object is answered with 403, or no longer. */
  void refuseGets(boolean refuses) {
    store.refuses = refuses;
  }

  /** GETs of objects since the start. */
  int gets() {
    return store.gets.get();
  }

  /** Goes away: connections are refused until {@link Absence#comeBack}. */
  Absence goAway() throws Exception {
    int port = proxy.getPort();
    proxy.stop();
    return () -> proxy = listening(store, port);
  }

  /** A server that is away. */
  interface Absence {
    void comeBack() throws Exception;
  }

  void end() throws Exception {
    proxy.stop();
  }

  private static final class Refusing extends ForwardingBlobStore {
    private final AtomicInteger gets = new AtomicInteger();
    private volatile boolean refuses;

    Refusing(BlobStore store) {
      super(store);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      gets.incrementAndGet();
      if (refuses) throw S3Exceptions.fromStatusCode(403);
      return super.getBlob(request);
    }
  }
}
