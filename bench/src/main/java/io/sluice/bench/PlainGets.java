package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The baseline: an object read over N connections by the same client the mount uses, every byte
 * thrown away. What a mount could reach if it cost nothing.
 *
 * <p>{@code PlainGets ENDPOINT KEY CONNECTIONS RANGE}: {@code RANGE} bytes per GET, from a queue; 0
 * gives each connection one contiguous range. A process of its own, as young as a mount is when it
 * is first read from.
 */
final class PlainGets {
  private static final int BUFFER = 1 << 17;

  private final ObjectStore store;
  private final int connections;

  private PlainGets(ObjectStore store, int connections) {
    this.store = store;
    this.connections = connections;
  }

  public static void main(String[] args)
      throws StoreException, IOException, InterruptedException, ExecutionException {
    int connections = Integer.parseInt(args[2]);
    long rangeBytes = Long.parseLong(args[3]);
    try (ObjectStore store = S3Store.open(settings(URI.create(args[0]), connections))) {
      // Signing, the pool and the parser are loaded by this, as they are by a mount's first LIST.
      ObjectVersion version = store.head(args[1]).version();
      long each = rangeBytes > 0 ? rangeBytes : Math.ceilDiv(version.size(), connections);
      long pid = ProcessHandle.current().pid();
      Usage before = Usage.of(pid);
      ReadResult result = new PlainGets(store, connections).read(version, each);
      System.out.println(
          result.line()
              + " "
              + Usage.of(pid).since(before).line()
              + " heap="
              + Transfer.peakHeap());
    }
  }

  static S3Settings settings(URI endpoint, int connections) {
    return settings(endpoint, Bucket.NAME, connections);
  }

  static S3Settings settings(URI endpoint, String bucket, int connections) {
    // A few more than are used, as a mount's pool has: none of them ever waits for another.
    return S3Settings.of(
        bucket,
        new S3Settings.Endpoint(Optional.of(endpoint), Optional.empty(), true),
        S3Settings.Access.USUAL,
        connections + 4);
  }

  private ReadResult read(ObjectVersion version, long each)
      throws InterruptedException, ExecutionException {
    Queue<ByteRange> queue = new ConcurrentLinkedQueue<>();
    for (long start = 0; start < version.size(); start += each)
      queue.add(new ByteRange(start, Math.min(version.size(), start + each)));
    List<Future<Long>> running = new ArrayList<>();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++)
        running.add(threads.submit(() -> drain(version, queue)));
      long bytes = 0;
      for (Future<Long> thread : running) bytes += thread.get();
      return ReadResult.of(System.nanoTime() - begin, bytes, List.of());
    }
  }

  private long drain(ObjectVersion version, Queue<ByteRange> queue)
      throws StoreException, IOException {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (var range = queue.poll(); range != null; range = queue.poll()) {
      try (InputStream body = store.open(version, range)) {
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) bytes += read;
      }
    }
    return bytes;
  }
}
