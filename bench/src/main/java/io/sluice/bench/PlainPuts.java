package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.UploadId;
import io.sluice.store.s3.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The baseline of uploads: the parts of a file over N connections by the client that our programs
 * use, from a queue, and nothing else.
 *
 * <p>{@code PlainPuts ENDPOINT KEY CONNECTIONS PART FILE}, in a process of its own.
 */
final class PlainPuts {
  private PlainPuts() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    int connections = Integer.parseInt(args[2]);
    try (ObjectStore store = S3Store.open(PlainGets.settings(URI.create(args[0]), connections));
        FileChannel file = FileChannel.open(Path.of(args[4]))) {
      UploadId upload = store.uploads().create(args[1], ObjectAttributes.NONE);
      long pid = ProcessHandle.current().pid();
      Usage before = Usage.of(pid);
      long begin = System.nanoTime();
      List<Part> parts = put(store.uploads(), upload, file, Long.parseLong(args[3]), connections);
      store.uploads().complete(upload, parts, Precondition.NONE);
      long nanos = System.nanoTime() - begin;
      System.out.println(
          ReadResult.of(nanos, file.size(), List.of()).line()
              + " "
              + Usage.of(pid).since(before).line()
              + " heap="
              + Transfer.peakHeap());
    }
  }

  private static List<Part> put(
      MultipartUploads uploads, UploadId upload, FileChannel file, long partBytes, int connections)
      throws IOException, InterruptedException, ExecutionException {
    List<Future<Part>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (long start = 0; start < file.size(); start += partBytes) {
        var range = new ByteRange(start, Math.min(file.size(), start + partBytes));
        int number = running.size() + 1;
        running.add(threads.submit(() -> uploads.put(upload, number, Payload.of(file, range))));
      }
      List<Part> parts = new ArrayList<>();
      for (Future<Part> part : running) parts.add(part.get());
      return parts;
    }
  }
}
