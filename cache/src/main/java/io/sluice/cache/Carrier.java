package io.sluice.cache;

import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one request: brings blocks from the store's body to where they belong. */
final class Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

  /** Room on the disk for what requests bring. */
  interface Room {
    /** Makes room for so many bytes; false where there is none to be made. */
    boolean reserve(long bytes);

    /** A request is over: so many of the reserved bytes were written for this version. */
    void settle(VersionFile file, long reserved, long written);
  }

  private final ObjectStore store;
  private final Room room;
  private final DiskPace disk;
  private final CacheCounters counters;
  private final LongSupplier clock;
  private final BufferPool buffers;

  /**
   * Brings blocks of at most so many bytes.
   *
   * @param disk whether it takes what comes
   */
  Carrier(
      int blockSize,
      ObjectStore store,
      Room room,
      DiskPace disk,
      CacheCounters counters,
      LongSupplier nanoTime) {
    this.store = store;
    this.room = room;
    this.disk = disk;
    this.counters = counters;
    this.clock = nanoTime;
    this.buffers = new BufferPool(blockSize);
  }

  /**
   * Brings the blocks of a request, until it has all of them, fails, is cancelled, or nobody wants
   * the rest. What becomes of those that it has not brought is for the caller.
   *
   * @param onBlock told after each block
   * @throws StoreException why the rest is not coming
   */
  void carry(Fetch fetch, Consumer<Fetch> onBlock) throws StoreException {
    VersionFile file = fetch.file();
    Keeping keeping = null;
    ByteBuffer buffer = null;
    try {
      keeping = keeping(fetch);
      fetch.delayedSince(RunDelay.nanos());
      buffer = buffers.take();
      try (InputStream body = store.open(file.version(), fetch.bytes())) {
        fetch.opened(body);
        while (!fetch.isDone() && !fetch.isCancelled() && file.isWanted(fetch.next())) {
          carryOne(fetch, body, buffer, keeping);
          onBlock.accept(fetch);
        }
      }
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException.Unavailable(file.version().key(), e);
    } catch (RuntimeException | Error e) {
      LOG.error("fetching {}", fetch, e);
      throw new StoreException.Invalid(file.version().key(), e);
    } finally {
      if (buffer != null) buffers.giveBack(buffer);
      if (keeping != null && keeping.hasRoom) room.settle(file, keeping.reserved, keeping.written);
    }
  }

  /** What one request may write, and has written. For its thread only. */
  private final class Keeping {
    private final boolean hasRoom;
    private final long reserved;

    /** For whom nobody waits the disk sets the pace: it would be fetched in vain otherwise. */
    private final boolean isPatient;

    /** While the disk is slow; over with the first stall. */
    private boolean isTrial;

    private long written;

    Keeping(boolean hasRoom, long reserved, boolean isPatient, boolean isTrial) {
      this.hasRoom = hasRoom;
      this.reserved = reserved;
      this.isPatient = isPatient;
      this.isTrial = isTrial;
    }

    boolean isToWrite() {
      return hasRoom && (isPatient || isTrial || !disk.isSlow());
    }
  }

  private Keeping keeping(Fetch fetch) {
    boolean isPatient = fetch.span().urgency().isPatient();
    boolean isTrial = !isPatient && disk.isSlow();
    long bytes = fetch.bytes().length();
    boolean hasRoom =
        fetch.file().blocks().isOnDisk() && (isPatient || disk.mayWrite()) && room.reserve(bytes);
    return new Keeping(hasRoom, bytes, isPatient, isTrial);
  }

  /** A write of a request does not end: the next ones had better not wait behind it. */
  void diskHangs() {
    disk.becomeSlow();
  }

  private void carryOne(Fetch fetch, InputStream body, ByteBuffer buffer, Keeping keeping)
      throws IOException {
    VersionFile file = fetch.file();
    int block = fetch.next();
    int length = file.blocks().layout().length(block);
    long asked = clock.getAsLong();
    readFully(body, buffer.clear().limit(length));
    long received = clock.getAsLong();
    counters.fetched.add(length);
    fetch.received(received);
    if (!file.isExpected(block)) {
      counters.fetchedTwice.add(length); // the other request was faster
      fetch.delivered();
      return;
    }
    boolean writes = keeping.isToWrite();
    if (file.arrived(block, buffer, writes)) keeping.written += length;
    long writing = clock.getAsLong() - received;
    fetch.delivered();
    if (!writes) return;
    long delayed = DiskPace.isStall(writing) ? fetch.delayedSince(RunDelay.nanos()) : 0;
    disk.wrote(length, received - asked, writing, delayed);
    if (DiskPace.isStall(writing)) keeping.isTrial = false;
  }

  private static void readFully(InputStream body, ByteBuffer block) throws IOException {
    while (block.hasRemaining())
      if (ByteBufferReadable.read(body, block) < 0)
        throw new StoreException.Unavailable(
            "the body ended %d bytes early".formatted(block.remaining()), null);
    block.flip();
  }
}
