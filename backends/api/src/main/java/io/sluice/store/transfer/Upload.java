package io.sluice.store.transfer;

import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Writes files and streams of any size as objects: in one request or in parallel parts. Whatever
 * goes wrong, there is the whole object or none, no upload is left behind, and no thread; the first
 * error is the one that is thrown. For many threads at once.
 */
public final class Upload {
  private final ObjectStore store;
  private final Limits limits;
  private final LongConsumer progress;
  private final Consumer<Part> sent;

  /**
   * How much is done at once.
   *
   * @param inFlight parts on their way at once, 1 at least, where memory allows
   * @param parts how large they are
   * @param memory in bytes, of the parts of a stream: those on their way and the one being read. At
   *     least one part; parts that have grown beyond it go one at a time, each in memory whole.
   *     Files need none.
   * @param singleBelow in bytes: shorter files go in one request
   */
  public record Limits(int inFlight, PartSizes parts, long memory, long singleBelow) {
    /** Eight parts at once, 128 MiB, and one request below 64 MiB. */
    public static final Limits USUAL = new Limits(8, PartSizes.USUAL, 128L << 20, 64L << 20);

    public Limits {
      if (inFlight < 1) throw new IllegalArgumentException(inFlight + " parts at once");
      if (memory < parts.base())
        throw new IllegalArgumentException(
            "%d bytes of memory do not hold one part of %d".formatted(memory, parts.base()));
      // What a store takes in one request: 5 GiB.
      if (singleBelow < 0 || singleBelow > 5L << 30)
        throw new IllegalArgumentException("one request below %d bytes".formatted(singleBelow));
    }

    /** In bytes: the largest object that a stream of unknown length can become. */
    public long largestStream() {
      return parts.reach();
    }
  }

  /** What may still forbid an object when all of it is there. */
  @FunctionalInterface
  public interface LastWord {
    /** Nothing does. */
    LastWord NONE = () -> {};

    /**
     * Is asked by the caller's thread directly before the request that makes the object.
     *
     * @throws IOException where it is not to be made: then there is none, and nothing is left
     */
    void ask() throws IOException;
  }

  /**
   * An upload to a store.
   *
   * @param progress is told how many bytes more the store has, by one thread at a time; an upload
   *     that succeeds has told exactly its size
   */
  public Upload(ObjectStore store, Limits limits, LongConsumer progress) {
    this(store, limits, progress, _ -> {});
  }

  /**
   * An upload of which somebody wants to know the parts.
   *
   * @param progress as above
   * @param sent is told of each part that the store has, by many threads; what goes in one request
   *     is one part, with the checksum of its bytes
   */
  public Upload(ObjectStore store, Limits limits, LongConsumer progress, Consumer<Part> sent) {
    this.store = store;
    this.limits = limits;
    this.progress = progress;
    this.sent = sent;
  }

  /**
   * Writes a file as an object; what is no regular file (a pipe, say) is read as a stream.
   *
   * @throws IOException where the file cannot be read, or changes meanwhile
   * @throws StoreException.Changed where the precondition does not hold
   * @throws StoreException.TooLarge above 5 TiB
   * @throws InterruptedIOException where the thread is interrupted, and stays so
   */
  public ObjectVersion file(Path path, String key, PutOptions options) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      // A channel: who waits in it can be interrupted.
      try (InputStream in = Channels.newInputStream(FileChannel.open(path))) {
        return stream(in, key, options);
      }
    }
    return new FileUpload(store, limits, new Progress(progress), sent).send(path, key, options);
  }

  /**
   * Writes all that a stream gives as an object, and does not close it. Parts go up while it is
   * read; what ends within the first part goes in one request. A store that fails interrupts the
   * reading; a stream that cannot be interrupted notices when it gives the next bytes.
   *
   * @throws IOException where the stream cannot be read
   * @throws StoreException.Changed where the precondition does not hold
   * @throws StoreException.TooLarge where it is longer than {@link Limits#largestStream()}
   * @throws InterruptedIOException where the thread is interrupted, and stays so
   */
  public ObjectVersion stream(InputStream in, String key, PutOptions options) throws IOException {
    return stream(in, key, options, LastWord.NONE);
  }

  /**
   * The same for a stream whose end may turn out to be none: of a pipe, whose writer may have been
   * stopped.
   */
  public ObjectVersion stream(InputStream in, String key, PutOptions options, LastWord lastWord)
      throws IOException {
    return new StreamUpload(store, limits, new Progress(progress), sent)
        .send(in, key, new StreamUpload.End(options, lastWord));
  }
}
