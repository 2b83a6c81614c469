package io.sluice.launcher;

import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.s3.Keys;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Store;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A real S3 server on loopback that counts the parts it is sent, and takes its time with some. */
final class UploadServer {
  private final Counting store;
  private S3Proxy proxy;

  private UploadServer(Counting store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
  }

  static UploadServer start(Path directory, String bucket) throws Exception {
    Files.createDirectories(directory);
    var store = new Counting(new FilesystemNio2BlobStore(directory.toString()));
    store.createContainer(bucket);
    return new UploadServer(store, listening(store, 0));
  }

  private static S3Proxy listening(BlobStore store, int port) throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(64)
            .build();
    proxy.start();
    return proxy;
  }

  String url() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  /** Who is let in; where it is has to be told by somebody else. */
  static Map<String, String> keys() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
  }

  /** Parts that began to arrive since the start. */
  int parts() {
    return store.parts.get();
  }

  /** How many parts and completions are held up now, or were. */
  int held() {
    return store.held.get();
  }

  /** Parts after so many wait until they are let go. */
  void holdPartsAfter(int number) {
    store.free = number;
    store.gate = new CountDownLatch(1);
  }

  /** The next upload is completed, and the answer to that waits until it is let go. */
  void holdAnswerToComplete() {
    store.holdsComplete = true;
    store.gate = new CountDownLatch(1);
  }

  void letGo() {
    store.free = Integer.MAX_VALUE;
    store.holdsComplete = false;
    store.gate.countDown();
  }

  /** Uploads that nobody has ended. */
  int pending(String bucket) {
    return store.listMultipartUploads(bucket).size();
  }

  byte[] object(String bucket, String key) throws Exception {
    var request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    try (InputStream body = store.getBlob(request)) {
      return body.readAllBytes();
    }
  }

  boolean has(String bucket, String key) {
    return store.blobMetadataIfPresent(bucket, key) != null;
  }

  /** A bucket of it as other programs see it. */
  ObjectStore open(String bucket) throws StoreException {
    var keys = new Keys(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, Optional.empty());
    var endpoint = new S3Settings.Endpoint(Optional.of(URI.create(url())), Optional.empty(), true);
    return S3Store.open(S3Settings.of(bucket, endpoint, S3Settings.Access.with(keys), 4));
  }

  /** From now on parts are answered with an error of the server, or no longer. */
  void breakParts(boolean isBroken) {
    store.isBroken = isBroken;
  }

  void end() throws Exception {
    letGo();
    proxy.stop();
  }

  private static final class Counting extends ForwardingBlobStore {
    private final AtomicInteger parts = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile int free = Integer.MAX_VALUE;
    private volatile boolean holdsComplete;
    private volatile boolean isBroken;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Counting(BlobStore store) {
      super(store);
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
        MultipartUpload upload, UploadPartRequest request, InputStream body) {
      if (parts.incrementAndGet() > free) await();
      if (isBroken) throw S3Exceptions.fromStatusCode(500);
      return super.uploadMultipartPart(upload, request, body);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        MultipartUpload upload, CompleteMultipartUploadRequest request) {
      CompleteMultipartUploadResponse answer = super.completeMultipartUpload(upload, request);
      if (holdsComplete) await();
      return answer;
    }

    private void await() {
      held.incrementAndGet();
      try {
        if (!gate.await(120, TimeUnit.SECONDS)) throw S3Exceptions.fromStatusCode(500);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
