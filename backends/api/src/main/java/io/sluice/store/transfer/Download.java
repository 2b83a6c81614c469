package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Brings whole objects into arrays, files and streams, by parallel requests where they are large.
 * All bytes are of one version. Where there is a checksum of an object, it is compared. Whatever
 * goes wrong, no thread, connection or temporary file is left, and the first error is the one that
 * is thrown. For many threads at once.
 */
public final class Download {
  private final ObjectStore store;
  private final Limits limits;
  private final Expecting expecting;
  private final LongConsumer progress;

  /**
   * How much is done at once.
   *
   * @param requests in flight, 1 at least: that many threads and connections
   * @param rangeSize in bytes, of one request at most. Each costs a round trip in which its
   *     connection idles; a stream keeps up to {@code requests + 2} of them in memory (about {@code
   *     requests / 2} where its output is as fast as the store), a file none.
   */
  public record Limits(int requests, int rangeSize) {
    /** Eight requests of 32 MiB: a stream takes 130 MiB, and never more than 320. */
    public static final Limits USUAL = new Limits(8, 32 << 20);

    /** Finished ranges that wait for the one in front of them, while their threads go on. */
    private static final int SPARE = 2;

    public Limits {
      if (requests < 1) throw new IllegalArgumentException(requests + " requests at once");
      if (rangeSize < 1) throw new IllegalArgumentException("ranges of " + rangeSize + " bytes");
    }

    int slots() {
      return requests + SPARE;
    }

    /** In bytes: what a stream takes, at most. */
    public long streamMemory() {
      return (long) slots() * rangeSize;
    }
  }

  /**
   * A download from a store.
   *
   * @param progress is told how many bytes more are done, by one thread at a time, and a negative
   *     number where they have to be fetched again; a download that succeeds has told exactly its
   *     size
   */
  public Download(ObjectStore store, Limits limits, LongConsumer progress) {
    this(store, limits, Expecting.WHAT_THE_STORE_KEEPS, progress);
  }

  /**
   * A download that is compared with something else than what the store keeps itself.
   *
   * @param progress as above
   */
  public Download(ObjectStore store, Limits limits, Expecting expecting, LongConsumer progress) {
    this.store = store;
    this.limits = limits;
    this.expecting = expecting;
    this.progress = progress;
  }

  /**
   * All bytes of an object, in memory.
   *
   * @param most in bytes
   * @throws StoreException.TooLarge where the object has more than {@code most}
   * @throws StoreException.Changed where it is replaced meanwhile
   */
  public byte[] bytes(String key, int most) throws IOException {
    return new ArrayDownload(store, expecting, new Progress(progress)).whole(key, most);
  }

  /**
   * Some bytes of an object as it is now, in memory; an empty range asks nobody.
   *
   * @param range of at most 2 GiB - 1 bytes
   * @throws StoreException.RangeNotSatisfiable where it ends after the object does
   * @throws StoreException.Changed where the object is replaced meanwhile
   */
  public byte[] bytes(String key, ByteRange range) throws IOException {
    return new ArrayDownload(store, expecting, new Progress(progress)).range(key, range);
  }

  /**
   * An object as a file, in a directory that exists. The file appears at once and complete, on
   * disk, with the permissions of the one that it replaces, or those of any new file; until then
   * the bytes are in a hidden file beside it. An object that is replaced meanwhile is fetched
   * again, three times at most.
   *
   * @throws IOException where the file cannot be written, also for want of space
   * @throws StoreException.Changed where the object is replaced again and again
   * @throws WrongBytesException where the checksum is another one
   * @throws InterruptedIOException where the thread is interrupted, and stays so
   */
  public ObjectVersion file(String key, Path file) throws IOException {
    return new FileDownload(store, limits, expecting, new Progress(progress)).fetch(key, file);
  }

  /**
   * An object in order, as its bytes come; in memory are {@link Limits#streamMemory()} bytes at
   * most. Written by the caller's thread only; flushed, not closed.
   *
   * @throws IOException where {@code out} fails, and then everything else stops as well
   * @throws StoreException.Changed where the object is replaced meanwhile
   * @throws WrongBytesException where the checksum is another one; the bytes are written by then
   * @throws InterruptedIOException where the thread is interrupted, and stays so
   */
  public ObjectVersion stream(String key, OutputStream out) throws IOException {
    ObjectVersion version =
        new StreamDownload(store, limits, expecting, new Progress(progress)).fetch(key, out::write);
    out.flush();
    return version;
  }

  /** As {@link #stream(String, OutputStream)}; the channel is blocking. */
  public ObjectVersion stream(String key, WritableByteChannel out) throws IOException {
    return new StreamDownload(store, limits, expecting, new Progress(progress))
        .fetch(key, Output.of(out));
  }
}
