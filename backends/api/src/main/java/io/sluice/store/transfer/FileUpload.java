package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.PutOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A file becomes an object: parts are read by position from one descriptor, none is kept in memory.
 */
final class FileUpload {
  private final ObjectStore store;
  private final Upload.Limits limits;
  private final Progress progress;
  private final Consumer<Part> sent;

  FileUpload(ObjectStore store, Upload.Limits limits, Progress progress, Consumer<Part> sent) {
    this.store = store;
    this.limits = limits;
    this.progress = progress;
    this.sent = sent;
  }

  ObjectVersion send(Path path, String key, PutOptions options) throws IOException {
    if (Files.isDirectory(path)) throw new IOException(path + " is a directory, and no object");
    try (SentFile file = SentFile.open(path)) {
      try {
        return file.size() < limits.singleBelow()
            ? atOnce(file, key, options)
            : inParts(file, key, options);
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) throw e; // and the file is closed by that
        throw file.reason(e);
      }
    }
  }

  private ObjectVersion atOnce(SentFile file, String key, PutOptions options) throws IOException {
    var body = new SummedPayload(file.all());
    ObjectVersion version = store.put(key, body, options);
    sent.accept(body.part(version));
    progress.add(file.size());
    return version;
  }

  private ObjectVersion inParts(SentFile file, String key, PutOptions options) throws IOException {
    long partSize = limits.parts().ofLength(file.size());
    int count = Math.max(1, (int) Math.ceilDiv(file.size(), partSize));
    try (var upload = MultipartUpload.create(store, key, options.attributes())) {
      var next = new AtomicInteger(1);
      Crew.Work work =
          () -> {
            for (int i = next.getAndIncrement(); i <= count; i = next.getAndIncrement()) {
              Crew.requireUninterrupted();
              long start = (i - 1) * partSize;
              var range = new ByteRange(start, Math.min(file.size(), start + partSize));
              sent.accept(upload.put(i, file.part(range)));
              progress.add(range.length());
            }
          };
      try (Crew crew = Crew.start("upload", Math.min(limits.inFlight(), count), work, () -> {})) {
        crew.join();
      } catch (InterruptedException e) {
        throw Crew.interrupted(key + " is not written");
      }
      file.requireUnchanged();
      return upload.complete(options.precondition());
    }
  }
}
