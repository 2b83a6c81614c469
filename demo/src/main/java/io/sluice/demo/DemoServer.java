package io.sluice.demo;

import io.sluice.store.CountedBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** An S3 server on loopback with one bucket, which counts what it is asked for. */
final class DemoServer implements AutoCloseable {
  static final String BUCKET = "demo-models";
  static final String ACCESS_KEY = "demo";
  static final String SECRET_KEY = "demo-secret";

  private final Counting store;
  private final S3Proxy proxy;

  private DemoServer(Counting store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
  }

  /**
   * What was asked for so far.
   *
   * @param bytes of objects that went out
   */
  record Served(long gets, long bytes) {
    Served since(Served before) {
      return new Served(gets - before.gets, bytes - before.bytes);
    }
  }

  /** Starts it, with an empty bucket that lies below a directory. */
  static DemoServer start(Path directory) throws IOException {
    var store = new Counting(new FilesystemNio2BlobStore(directory.toString()));
    store.createContainer(BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(64)
            .build();
    try {
      proxy.start(); // returns when it listens
    } catch (Exception e) {
      throw new IOException("the S3 server does not start: " + e.getMessage(), e);
    }
    return new DemoServer(store, proxy);
  }

  String url() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  void put(String key, long size, InputStream content) {
    store.putBlob(
        PutObjectRequest.builder().bucket(BUCKET).key(key).contentLength(size).build(), content);
  }

  Served served() {
    return new Served(store.gets.sum(), store.bytes.sum());
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IOException("the S3 server does not stop: " + e.getMessage(), e);
    }
  }

  private static final class Counting extends ForwardingBlobStore {
    private final LongAdder gets = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    Counting(BlobStore store) {
      super(store);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      gets.increment();
      ResponseInputStream<GetObjectResponse> body = super.getBlob(request);
      return new ResponseInputStream<>(
          body.response(), AbortableInputStream.create(new CountedBody(body, bytes)));
    }
  }
}
