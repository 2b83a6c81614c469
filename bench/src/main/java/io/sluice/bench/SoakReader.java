package io.sluice.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One reader of a soak: opens a file, reads a part of it in some order, checks every byte, closes
 * it, and begins anew. What fails is tried again from open, as a careful loader would.
 */
final class SoakReader implements Runnable {
  private static final int STEP = 256 << 10;
  // Then another file is opened.
  private static final int STEPS = 96;
  private static final int PAUSE_MILLIS = 100;

  private final SoakFiles files;
  private final List<Path> mounts;
  private final SoakTally tally;
  private final Random random;
  private final int number;

  SoakReader(SoakFiles files, List<Path> mounts, SoakTally tally, Random random, int number) {
    this.files = files;
    this.mounts = mounts;
    this.tally = tally;
    this.random = random;
    this.number = number;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      String key = SoakFiles.keys().get(random.nextInt(SoakFiles.COUNT));
      Path mount = mounts.get(random.nextInt(mounts.size()));
      try {
        read(key, mount.resolve(key));
      } catch (IOException | InternalError e) {
        // A fault in mapped memory is an InternalError: the SIGBUS of other languages.
        tally.failed(String.valueOf(e.getMessage()), key);
        if (!pause()) return;
      }
    }
  }

  private static boolean pause() {
    try {
      // A mount that is gone fails at once, and would be asked without end.
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void read(String key, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      boolean mapped = number % 4 == 1;
      MemorySegment map =
          mapped
              ? channel.map(FileChannel.MapMode.READ_ONLY, 0, SoakFiles.SIZE, arena)
              : MemorySegment.NULL;
      Optional<Content> version = Optional.empty();
      ByteBuffer buffer = ByteBuffer.allocateDirect(STEP);
      long start = random.nextLong(SoakFiles.SIZE / 2);
      for (int step = 0; step < STEPS; step++) {
        long offset = offset(start, step);
        buffer.clear().limit((int) Math.min(STEP, SoakFiles.SIZE - offset));
        if (mapped) {
          MemorySegment.copy(map, offset, MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
        } else {
          fill(channel, offset, buffer);
        }
        version = checked(key, version, buffer, offset);
        if (version.isEmpty()) return;
      }
    }
  }

  /** In order, at random, or every 16th step; not all the same in all readers. */
  private long offset(long start, int step) {
    long offset =
        switch (number % 4) {
          case 0, 1 -> start + (long) step * STEP;
          case 2 -> random.nextLong(SoakFiles.SIZE - STEP);
          default -> (start + (long) step * STEP * 16) % (SoakFiles.SIZE - STEP);
        };
    return Math.min(offset, SoakFiles.SIZE - STEP);
  }

  private static void fill(FileChannel channel, long offset, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0)
        throw new IOException("the file ends at " + (offset + buffer.position()));
    }
    buffer.flip();
  }

  /** The version that was read; what one descriptor shows must always be the same. */
  private Optional<Content> checked(
      String key, Optional<Content> before, ByteBuffer bytes, long offset) throws IOException {
    Optional<Content> now =
        before.isPresent() && before.get().firstWrong(bytes, offset).isEmpty()
            ? before
            : files.holding(key, bytes, offset);
    if (now.isEmpty() || (before.isPresent() && !before.equals(now))) {
      tally.wrong(key, offset, now.isPresent() ? "another version than before" : "of no version");
      return Optional.empty();
    }
    tally.read(number, bytes.remaining());
    return now;
  }
}
