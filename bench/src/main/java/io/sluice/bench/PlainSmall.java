package io.sluice.bench;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
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
 * Thousands of small objects by plain GETs, listed first, every byte thrown away.
 *
 * <p>{@code PlainSmall ENDPOINT CONNECTIONS}, in a process of its own.
 */
final class PlainSmall {
  private static final int BUFFER = 1 << 16;

  private PlainSmall() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    int connections = Integer.parseInt(args[1]);
    var settings = PlainGets.settings(URI.create(args[0]), Bucket.SMALL_NAME, connections);
    try (ObjectStore store = S3Store.open(settings);
        ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      Queue<ObjectVersion> queue = listed(store);
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) running.add(threads.submit(() -> drain(store, queue)));
      long bytes = 0;
      for (Future<Long> thread : running) bytes += thread.get();
      System.out.println(bytes + " bytes");
    }
  }

  private static Queue<ObjectVersion> listed(ObjectStore store) throws IOException {
    Queue<ObjectVersion> queue = new ConcurrentLinkedQueue<>();
    Optional<String> after = Optional.empty();
    do {
      ListPage page =
          store.list(
              new ListRequest(Bucket.SMALL_PREFIX, Optional.empty(), after, ListRequest.MAX_KEYS));
      page.objects().stream().map(ObjectMeta::version).forEach(queue::add);
      after = page.next();
    } while (after.isPresent());
    return queue;
  }

  private static long drain(ObjectStore store, Queue<ObjectVersion> queue) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (var version = queue.poll(); version != null; version = queue.poll()) {
      try (InputStream body = store.open(version, version.all())) {
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) bytes += read;
      }
    }
    return bytes;
  }
}
