package io.sluice.launcher;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A real S3 server on loopback, which can go away, come back at the same address, and refuse. */
final class S3Server {
  static final String ACCESS_KEY = "test-key";
  static final String SECRET_KEY = "test-secret";

  private static final Duration AGAIN = Duration.ofSeconds(30);

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

  /** Another one may have got the port meanwhile, for a connection of its own. */
  private static S3Proxy listeningAgain(BlobStore store, int port) throws Exception {
    long end = System.nanoTime() + AGAIN.toNanos();
    while (true) {
      try {
        return listening(store, port);
      } catch (IOException e) {
        if (System.nanoTime() - end > 0) throw e;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
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

  /** From now on one byte of each GET of an object is another one, or no longer. */
  void flipGets(boolean flips) {
    store.flips = flips;
  }

  /** From now on parts of uploads wait until the gate is closed. */
  Gate holdParts() {
    var gate = new Gate(new CountDownLatch(1), store);
    store.partsGate = gate;
    return gate;
  }

  /** From now on parts of uploads are answered with 403, or no longer. */
  void refuseParts(boolean refuses) {
    store.refusesParts = refuses;
  }

  /** Parts of uploads that were sent since the start. */
  int parts() {
    return store.parts.get();
  }

  /** The keys of uploads that are begun, and neither completed nor aborted. */
  List<String> pending(String bucket) {
    return store.listMultipartUploads(bucket).stream().map(MultipartUpload::key).toList();
  }

  /** From now on GETs of objects wait until the gate is closed. */
  Gate holdGets() {
    var gate = new Gate(new CountDownLatch(1), store);
    store.gate = gate;
    return gate;
  }

  /** Holds up what wants to pass. */
  record Gate(CountDownLatch opened, Refusing store) implements AutoCloseable {
    /** How many requests it has held up so far. */
    int held() {
      return store.held.get();
    }

    void pass() {
      store.held.incrementAndGet();
      try {
        if (!opened.await(60, TimeUnit.SECONDS)) throw S3Exceptions.fromStatusCode(500);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void open() {
      store.gate = null;
      store.partsGate = null;
      opened.countDown();
    }

    @Override
    public void close() {
      open();
    }
  }

  /** GETs of objects since the start. */
  int gets() {
    return store.gets.get();
  }

  /** Goes away: connections are refused until {@link Absence#comeBack}. */
  Absence goAway() throws Exception {
    int port = proxy.getPort();
    proxy.stop();
    return () -> proxy = listeningAgain(store, port);
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
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger parts = new AtomicInteger();
    private volatile boolean refuses;
    private volatile boolean refusesParts;
    private volatile boolean flips;
    private volatile @Nullable Gate gate;
    private volatile @Nullable Gate partsGate;

    Refusing(BlobStore store) {
      super(store);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      gets.incrementAndGet();
      Gate closed = gate;
      if (closed != null) closed.pass();
      if (refuses) throw S3Exceptions.fromStatusCode(403);
      ResponseInputStream<GetObjectResponse> answer = super.getBlob(request);
      return flips ? new ResponseInputStream<>(answer.response(), new Flipped(answer)) : answer;
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
        org.gaul.s3proxy.blobstore.domain.MultipartUpload upload,
        UploadPartRequest request,
        InputStream in) {
      Gate closed = partsGate;
      if (closed != null) closed.pass();
      if (refusesParts) throw S3Exceptions.fromStatusCode(403);
      UploadPartResponse answer = super.uploadMultipartPart(upload, request, in);
      parts.incrementAndGet();
      return answer;
    }
  }

  /** The first byte is another one. */
  private static final class Flipped extends FilterInputStream {
    private boolean isBegun;

    Flipped(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      return value < 0 ? value : flipped(value);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) into[offset] = (byte) flipped(into[offset]);
      return count;
    }

    private int flipped(int value) {
      int other = isBegun ? value : value ^ 1;
      isBegun = true;
      return other;
    }
  }
}
