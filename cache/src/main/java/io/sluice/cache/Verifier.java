package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.Verification.Damage;
import io.sluice.cache.Verification.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies whole objects, several pieces of them at once; others may read, fill and evict them
 * meanwhile. For one use.
 */
final class Verifier {
  private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

  /** Of a file: so much is one thread's work. */
  private static final long PIECE = 16 << 20;

  /** Pieces that wait for a thread; and so the files that are open are few. */
  private static final int WAITING = 16;

  /**
   * What may be changed.
   *
   * @param opener who adopts what is left of an earlier boot
   * @param shrank is told of bytes that were damaged and are forgotten
   */
  record Repair(ObjectFiles.Opener opener, LongConsumer shrank) {}

  private final Optional<Repair> repair;
  private final Progress progress;
  private final Duration patience;
  private final AtomicLong blocks = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final Semaphore room = new Semaphore(WAITING);
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final List<Damage> damages = new ArrayList<>();

  /**
   * A verification that starts with {@link #verify}.
   *
   * @param repair empty where nothing is to be changed
   * @param patience how long it waits for those who have an object for themselves
   */
  Verifier(Optional<Repair> repair, Progress progress, Duration patience) {
    this.repair = repair;
    this.progress = progress;
    this.patience = patience;
  }

  Verification verify(List<ObjectLook> objects) throws IOException {
    int looked = 0;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("verify-", 0).factory())) {
      for (ObjectLook object : objects) {
        if (object.version().isDamaged()) add(new Damage(object.version(), 0));
        else if (!isStarted(object, threads)) continue;
        looked++;
      }
    }
    lock.lock();
    try {
      return new Verification(looked, blocks.get(), bytes.get(), damages);
    } finally {
      lock.unlock();
    }
  }

  /** False where there is nothing to look at any more. */
  private boolean isStarted(ObjectLook object, ExecutorService threads) throws IOException {
    Opened opened;
    try {
      opened = new Opened(object);
    } catch (NoSuchFileException e) {
      return false; // evicted while we looked
    } catch (BlockMap.Damaged e) {
      add(new Damage(object.version(), 0));
      return true;
    }
    int step = (int) Math.max(1, PIECE / opened.layout.blockSize());
    for (int first = 0; first < opened.layout.blocks(); first += step) {
      int start = first;
      int end = (int) Math.min(opened.layout.blocks(), (long) first + step);
      room.acquireUninterruptibly(); // until a thread has taken one of those that wait
      opened.retain();
      threads.execute(
          () -> {
            try {
              room.release();
              opened.verify(start, end);
            } finally {
              opened.release();
            }
          });
      if (end == opened.layout.blocks()) break;
    }
    opened.release();
    return true;
  }

  private void add(Damage damage) {
    lock.lock();
    try {
      damages.add(damage);
    } finally {
      lock.unlock();
    }
  }

  /** An object that pieces are being verified of; closed with the last of them. */
  private final class Opened {
    private final ObjectLook object;
    private final BlockLayout layout;
    private final Flock presence;
    private final FileChannel data;
    private final BlockMap map;
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicLong damaged = new AtomicLong();

    Opened(ObjectLook object) throws IOException {
      this.object = object;
      Path file = object.directory().resolve(ObjectFiles.BLOCKS);
      this.layout = MapFile.summary(file).layout();
      this.presence = Flock.open(object.directory());
      try {
        share(presence);
        if (!presence.isStillThere()) throw new NoSuchFileException(file.toString());
        this.data =
            FileChannel.open(object.directory().resolve(ObjectFiles.DATA), StandardOpenOption.READ);
        try {
          this.map = opened(file);
        } catch (IOException | RuntimeException e) {
          data.close();
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        presence.close();
        throw e;
      }
    }

    /** Waits for whoever has it alone; where that takes too long it is as if it were not there. */
    private void share(Flock lock) throws IOException {
      if (lock.shared(patience)) return;
      LOG.warn("{} is not verified: it is kept by another process", object.directory());
      throw new NoSuchFileException(object.directory().toString());
    }

    private BlockMap opened(Path file) throws IOException {
      if (repair.isEmpty()) return BlockMap.openToLook(file, layout);
      ObjectFiles.Opener opener = repair.get().opener();
      BlockMap writable = BlockMap.open(file, layout, opener.owner());
      // Whoever has this lock keeps others from punching: so a hole that is found half made is one
      // that somebody left. One in the making would be fetched again before it is punched.
      try (Flock readers = Flock.open(object.directory().resolve(ObjectFiles.DATA))) {
        share(readers);
        writable.adopt(opener.boot(), opener.isAlive());
        return writable;
      } catch (IOException | RuntimeException e) {
        writable.close();
        throw e;
      }
    }

    void verify(int first, int end) {
      long done = 0;
      for (int block = first; block < end; block++) {
        int start = block;
        while (block < end && map.isHeld(block)) block++;
        if (block == start) continue;
        verifyHeld(start, block);
        blocks.addAndGet(block - start);
        done += layout.end(block - 1) - layout.start(start);
      }
      bytes.addAndGet(done);
      progress.verified(object.version(), done);
    }

    private void verifyHeld(int first, int end) {
      long punches = map.punches();
      var next = new AtomicInteger(first);
      try {
        Checksums.of(
            data,
            layout,
            first,
            end,
            (block, crc) -> {
              judge(block, crc, punches);
              next.set(block + 1);
            });
      } catch (IOException e) {
        // One by one: of a piece with a bad sector the rest is good.
        if (end - first > 1) {
          for (int block = next.get(); block < end; block++) verifyHeld(block, block + 1);
          return;
        }
        LOG.warn("block {} of {} cannot be read: {}", first, object.directory(), e.toString());
        judge(first, ~map.crc(first), punches);
      }
    }

    private void judge(int block, int crc, long punches) {
      boolean isRight = map.crc(block) == crc;
      // Somebody may have given it back or dropped it while we read.
      if (!map.isHeld(block) || map.punches() != punches) return;
      if (!isRight) damaged.incrementAndGet();
      if (repair.isEmpty()) return;
      boolean isDropped = map.settle(block, crc) == BlockMap.ABSENT;
      if (!isRight && (isDropped || map.lost(block)))
        repair.get().shrank().accept(layout.length(block));
    }

    void retain() {
      references.incrementAndGet();
    }

    void release() {
      if (references.decrementAndGet() > 0) return;
      if (damaged.get() > 0) add(new Damage(object.version(), damaged.get()));
      map.close();
      presence.close();
      try {
        data.close();
      } catch (IOException e) {
        LOG.warn("closing {}: {}", object.directory(), e.toString());
      }
    }
  }
}
