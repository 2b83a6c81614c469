package io.sluice.store.transfer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of unknown length becomes an object: the caller's thread reads parts into memory, others
 * send them. Memory bounds both, see {@link PartMemory}.
 */
final class StreamUpload {
  /** What is read and not sent; number 0 says that nothing follows. */
  private static final class Filled {
    static final Filled END = new Filled(0, new byte[0], 0);

    final int number;
    final byte[] bytes;
    final int length;

    Filled(int number, byte[] bytes, int length) {
      this.number = number;
      this.bytes = bytes;
      this.length = length;
    }
  }

  /** A channel takes a native buffer as large as what is read from it, and keeps it. */
  private static final int AT_ONCE = 256 << 10;

  private final ObjectStore store;
  private final Upload.Limits limits;
  private final PartSizes sizes;
  private final Progress progress;
  private final PartMemory memory;
  private final Consumer<Part> sent;

  private final Object lock = new Object();

  /** The caller's thread, as long as a failure of the store is to interrupt it. */
  @GuardedBy("lock")
  private @Nullable Thread reader;

  private final BlockingQueue<Filled> filled = new LinkedBlockingQueue<>();

  StreamUpload(ObjectStore store, Upload.Limits limits, Progress progress, Consumer<Part> sent) {
    this.store = store;
    this.limits = limits;
    this.sizes = limits.parts();
    this.progress = progress;
    this.sent = sent;
    this.memory = new PartMemory(limits.memory());
  }

  /** What has to hold while the input is read. */
  private interface Check {
    void run() throws IOException;
  }

  /** What makes the object. */
  record End(PutOptions options, Upload.LastWord lastWord) {}

  // Each part has a method to itself: a frame that waits, and still knows an array, keeps it.

  ObjectVersion send(InputStream input, String key, End end) throws IOException {
    try {
      var in = new PushbackInputStream(input);
      Optional<ObjectVersion> small = sendSmall(in, key, end);
      return small.isPresent() ? small.get() : inParts(in, key, end);
    } catch (InterruptedException e) {
      throw Crew.interrupted(key + " is not written");
    }
  }

  /** Reads the first part, and sends it where it is all. */
  private Optional<ObjectVersion> sendSmall(PushbackInputStream in, String key, End end)
      throws IOException, InterruptedException {
    byte[] first = memory.take(size(1));
    int length = fill(in, first, () -> {});
    if (length < first.length || isAtEnd(in)) return Optional.of(atOnce(first, length, key, end));
    filled.add(new Filled(1, first, length));
    return Optional.empty();
  }

  private ObjectVersion atOnce(byte[] bytes, int length, String key, End end) throws IOException {
    var body = new SummedPayload(Payload.of(bytes, 0, length));
    end.lastWord().ask();
    ObjectVersion version = store.put(key, body, end.options());
    sent.accept(body.part(version));
    progress.add(length);
    return version;
  }

  private ObjectVersion inParts(PushbackInputStream in, String key, End end)
      throws IOException, InterruptedException {
    try (var upload = MultipartUpload.create(store, key, end.options().attributes())) {
      Crew.Work work = () -> putAll(upload);
      isReading(Thread.currentThread());
      try (Crew crew = Crew.start("upload", limits.inFlight(), work, this::wakeReader)) {
        fillAndJoin(in, crew);
      }
      end.lastWord().ask();
      return upload.complete(end.options().precondition());
    }
  }

  private void isReading(@Nullable Thread thread) {
    synchronized (lock) {
      reader = thread;
    }
  }

  /** An input may say nothing for hours. */
  private void wakeReader() {
    memory.giveUp();
    synchronized (lock) {
      if (reader != null) reader.interrupt();
    }
  }

  private void fillAndJoin(PushbackInputStream in, Crew crew)
      throws IOException, InterruptedException {
    try {
      fillAll(in, crew);
      crew.join();
    } catch (IOException | InterruptedException | RuntimeException e) {
      isReading(null);
      if (crew.hasFailed()) {
        boolean _ = Thread.interrupted(); // that was to wake us, and is no wish of anybody's
        crew.check();
      }
      throw e;
    }
  }

  /** What the caller's thread does: the parts from the second on, until the input ends. */
  private void fillAll(PushbackInputStream in, Crew crew) throws IOException, InterruptedException {
    long left = sizes.reach() - sizes.ofStream(1);
    for (int number = 2; !isAtEnd(in); number++) {
      if (number > Part.MOST) throw tooLong();
      left -= fillPart(number, in, crew);
      if (left < 0) throw tooLong();
    }
    for (int i = 0; i < limits.inFlight(); i++) filled.add(Filled.END);
  }

  private int fillPart(int number, InputStream in, Crew crew)
      throws IOException, InterruptedException {
    byte[] bytes = memory.take(size(number));
    int length = fill(in, bytes, crew::check);
    filled.add(new Filled(number, bytes, length));
    return length;
  }

  /** What the other threads do. */
  private void putAll(MultipartUpload upload) throws IOException, InterruptedException {
    while (isPut(upload)) Crew.requireUninterrupted();
  }

  /** Sends the next part; false where there is none. */
  private boolean isPut(MultipartUpload upload) throws IOException, InterruptedException {
    Filled part = filled.take();
    if (part.number == 0) return false;
    sent.accept(upload.put(part.number, Payload.of(part.bytes, 0, part.length)));
    progress.add(part.length);
    memory.giveBack(part.bytes);
    return true;
  }

  private int size(int number) {
    return (int) sizes.ofStream(number); // 1 GiB at most
  }

  private static int fill(InputStream in, byte[] bytes, Check check)
      throws IOException, InterruptedException {
    int length = 0;
    while (length < bytes.length) {
      check.run();
      Crew.requireUninterrupted();
      int count = in.read(bytes, length, Math.min(bytes.length - length, AT_ONCE));
      if (count < 0) break;
      length += count;
    }
    check.run();
    return length;
  }

  /** So that there is no empty last part. */
  private static boolean isAtEnd(PushbackInputStream in) throws IOException {
    int next = in.read();
    if (next >= 0) in.unread(next);
    return next < 0;
  }

  private StoreException tooLong() {
    return new StoreException.TooLarge(
        "the stream is longer than the %d bytes that parts of up to %d bytes come to: allow more memory, or send it as a file"
            .formatted(sizes.reach(), sizes.largest()),
        null);
  }
}
