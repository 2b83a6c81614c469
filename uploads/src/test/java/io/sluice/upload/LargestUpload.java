package io.sluice.upload;

import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program of its own: uploads the largest file there can be, in two lives, to a store that takes
 * parts without reading them. Says how many parts each life sent and how large the state became.
 */
final class LargestUpload {
  private LargestUpload() {}

  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[1]);
    PrintStream out = System.out;
    try (SourceFile source = SourceFile.open(Path.of(arguments[0]))) {
      UploadPlan plan = UploadPlan.of(source.identity().size(), OptionalLong.empty());
      var head =
          new UploadHead(
              new Destination("b", "k"),
              source.path(),
              Optional.of(source.identity()),
              plan,
              ObjectAttributes.NONE);
      var first = new Discarding(state, plan.parts() / 2);
      try (StateFile kept = StateFile.create(state, UploadState.begin(head))) {
        upload(first).run(kept, source);
      } catch (StoreException.Denied e) {
        out.println("parts " + first.parts);
      }
      var second = new Discarding(state, Integer.MAX_VALUE);
      try (StateFile kept = StateFile.open(state)) {
        upload(second).run(kept, source);
      }
      out.println("parts " + second.parts);
      out.println("state " + second.stateSize);
    }
  }

  private static ResumableUpload upload(Discarding store) {
    var settings = new ResumableUpload.Settings(8, Duration.ZERO);
    return new ResumableUpload(store, settings, Retry.Waiting.REAL, UploadListener.NONE);
  }

  /** Takes so many parts, and keeps nothing. */
  private static final class Discarding extends PassingStore implements MultipartUploads {
    private final Path state;
    private final int most;
    private final AtomicInteger parts = new AtomicInteger();
    private volatile long stateSize;

    Discarding(Path state, int most) {
      super(new MemoryStore());
      this.state = state;
      this.most = most;
    }

    @Override
    public MultipartUploads uploads() {
      return this;
    }

    @Override
    public UploadId create(String key, ObjectAttributes attributes) {
      return new UploadId(key, "an upload's name is long at AWS".repeat(4));
    }

    @Override
    public Part put(UploadId upload, int number, Payload body) throws StoreException {
      if (parts.get() >= most) throw new StoreException.Denied("that was it", null);
      parts.incrementAndGet();
      return new Part(
          number, "d41d8cd98f00b204e9800998ecf8427e", body.length(), Optional.of(number));
    }

    @Override
    public List<Part> parts(UploadId upload) throws StoreException {
      throw new StoreException.Denied("not asked", null);
    }

    @Override
    public ObjectVersion complete(UploadId upload, List<Part> all, Precondition precondition)
        throws StoreException {
      try {
        stateSize = Files.size(state);
      } catch (IOException e) {
        throw new StoreException.Invalid("no state", e);
      }
      return new ObjectVersion(upload.key(), "made", all.stream().mapToLong(Part::size).sum());
    }

    @Override
    public void abort(UploadId upload) {}

    @Override
    public List<PendingUpload> pending(String prefix) {
      return List.of();
    }
  }
}
