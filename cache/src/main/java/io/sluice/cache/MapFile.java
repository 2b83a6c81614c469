package io.sluice.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file behind a {@link BlockMap}: how it is laid out, made, and looked at without mapping it.
 */
final class MapFile {
  static final OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long MAGIC = 0x4d42_4543_4955_4c53L; // "SLUICEBM", little endian
  private static final int FORMAT = 2;

  /** The end of the name of a file that is being written. */
  static final String UNFINISHED = ".new";

  static final int HEADER = 64;
  static final long BOOT_AT = 24;
  static final long PUNCHES_AT = 40;
  static final long HELD_AT = 48;

  private MapFile() {}

  static long at(int block) {
    return HEADER + (long) block * Long.BYTES;
  }

  static long bytesFor(BlockLayout layout) {
    return at(layout.blocks());
  }

  /**
   * Writes an empty map. In full, not sparse: a mapped hole that the disk has no room for would be
   * a SIGBUS. It appears under its name only when it is whole.
   */
  static void create(Path file, BlockLayout layout, BootId boot) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putInt(FORMAT).putInt(layout.blockSize()).putLong(layout.size());
    header.putLong(boot.id().getMostSignificantBits()).putLong(boot.id().getLeastSignificantBits());
    writeInFull(file, header.clear(), bytesFor(layout));
  }

  /** Makes a file of so many bytes: these, and zeros; it has its name only when it is whole. */
  static void writeInFull(Path file, ByteBuffer start, long length) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (var channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long left = length - start.remaining();
      while (start.hasRemaining()) channel.write(start);
      ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(left, 64 << 10));
      while (left > 0) {
        zeros.clear().limit((int) Math.min(left, zeros.capacity()));
        left -= zeros.remaining();
        while (zeros.hasRemaining()) channel.write(zeros);
      }
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Maps it, for changes or only to look.
   *
   * @throws BlockMap.Damaged where it is not a map of such an object
   */
  static MemorySegment map(Path file, BlockLayout layout, MapMode mode, Arena arena)
      throws IOException {
    Set<StandardOpenOption> options =
        mode.equals(MapMode.READ_ONLY)
            ? Set.of(StandardOpenOption.READ)
            : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options)) {
      if (channel.size() != bytesFor(layout))
        throw new BlockMap.Damaged(file + " has the wrong length");
      MemorySegment map = channel.map(mode, 0, channel.size(), arena);
      if (!layoutIn(file, map.asSlice(0, HEADER).asByteBuffer()).equals(layout))
        throw new BlockMap.Damaged(file + " describes another object");
      return map;
    }
  }

  private static BlockLayout layoutIn(Path file, ByteBuffer start) throws BlockMap.Damaged {
    ByteBuffer header = start.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (header.limit() < HEADER || header.getLong(0) != MAGIC)
      throw new BlockMap.Damaged(file + " is not a block map");
    int format = header.getInt(8);
    if (format != FORMAT) throw new BlockMap.Damaged(file + " has format " + format);
    try {
      return new BlockLayout(header.getLong(16), header.getInt(12));
    } catch (IllegalArgumentException e) {
      throw new BlockMap.Damaged(file + ": " + e.getMessage());
    }
  }

  /**
   * What the map of an object that need not be open says.
   *
   * @param held bytes of the blocks in the file, whether they have been verified or not
   */
  record Summary(BlockLayout layout, long held) {
    boolean isComplete() {
      return held == layout.size();
    }
  }

  /**
   * Counts what is in a file, with reads: a mapping for each of many small files costs more.
   *
   * @throws BlockMap.Damaged where it is no map
   */
  static Summary summary(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 20));
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, bytes);
      BlockLayout layout = layoutIn(file, bytes);
      if (channel.size() != bytesFor(layout))
        throw new BlockMap.Damaged(file + " has the wrong length");
      long held = 0;
      bytes.position(HEADER);
      for (int block = 0; block < layout.blocks(); block++) {
        if (!bytes.hasRemaining()) fill(channel, bytes.clear());
        if (BlockMap.isHeld(bytes.getLong())) held += layout.length(block);
      }
      return new Summary(layout, held);
    }
  }

  private static void fill(FileChannel channel, ByteBuffer bytes) throws IOException {
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) read = channel.read(bytes);
    bytes.flip();
  }
}
