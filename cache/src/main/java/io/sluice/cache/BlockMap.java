package io.sluice.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Which blocks of a cache file are there, and their CRC32C: a header and one slot per block, in the
 * mapped file {@code blocks}. A slot is eight bytes: the state in the low half, the checksum in the
 * high half. Slots change by compare-and-set, so readers never lock.
 *
 * <pre>
 *   0 magic "SLUICEBM"   8 format   12 block size   16 size of the object
 *   24 boot id (16 bytes)   40 punches   64 slots
 * </pre>
 *
 * <p>Of an ABSENT block nothing is known; FETCHING is claimed by whoever moved it there; PRESENT
 * may be served; UNVERIFIED was written in an earlier boot and has to pass its checksum first. Safe
 * for use by many threads until {@link #close()}.
 */
final class BlockMap implements AutoCloseable {
  static final int ABSENT = 0;
  static final int FETCHING = 1;
  static final int PRESENT = 2;
  static final int UNVERIFIED = 3;

  /** The file is not a block map of this object: nothing it says can be trusted. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  private static final long MAGIC = 0x4d42_4543_4955_4c53L; // "SLUICEBM", little endian
  private static final int FORMAT = 1;
  private static final int HEADER = 64;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SLOT = LONG.varHandle();
  private static final long BOOT_AT = 24;
  private static final long PUNCHES_AT = 40;

  private final Arena arena;
  private final MemorySegment map;
  private final int blocks;

  private BlockMap(Arena arena, MemorySegment map, int blocks) {
    this.arena = arena;
    this.map = map;
    this.blocks = blocks;
  }

  /** A map of nothing that no file keeps: for an object that cannot be cached now. */
  static BlockMap inMemory(BlockLayout layout) {
    Arena arena = Arena.ofShared();
    return new BlockMap(arena, arena.allocate(bytesFor(layout), Long.BYTES), layout.blocks());
  }

  /**
   * Writes an empty map. In full, not sparse: a mapped hole that the disk has no room for would be
   * a SIGBUS. It appears under its name only when it is whole.
   */
  static void create(Path file, BlockLayout layout, BootId boot) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      header.putLong(MAGIC).putInt(FORMAT).putInt(layout.blockSize()).putLong(layout.size());
      header
          .putLong(boot.id().getMostSignificantBits())
          .putLong(boot.id().getLeastSignificantBits());
      writeFully(channel, header.clear());
      ByteBuffer zeros = ByteBuffer.allocate(64 << 10);
      for (long left = bytesFor(layout) - HEADER; left > 0; ) {
        zeros.clear().limit((int) Math.min(left, zeros.capacity()));
        left -= zeros.remaining();
        writeFully(channel, zeros);
      }
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Maps an existing file. Claims of a process that is gone are dropped, and blocks of an earlier
   * boot become UNVERIFIED.
   *
   * @throws Damaged where it is not a map of such an object
   */
  static BlockMap open(Path file, BlockLayout layout, BootId boot) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() != bytesFor(layout)) throw new Damaged(file + " has the wrong length");
      Arena arena = Arena.ofShared();
      try {
        MemorySegment map = channel.map(MapMode.READ_WRITE, 0, channel.size(), arena);
        check(file, map, layout);
        var blockMap = new BlockMap(arena, map, layout.blocks());
        blockMap.adopt(boot);
        return blockMap;
      } catch (IOException | RuntimeException e) {
        arena.close();
        throw e;
      }
    }
  }

  int state(int block) {
    return (int) (long) SLOT.getVolatile(map, at(block));
  }

  /** The checksum of a PRESENT or UNVERIFIED block. */
  int crc(int block) {
    return (int) ((long) SLOT.getVolatile(map, at(block)) >>> 32);
  }

  /** From ABSENT to FETCHING; false where somebody else has it or fetches it. */
  boolean claim(int block) {
    return SLOT.compareAndSet(map, at(block), (long) ABSENT, (long) FETCHING);
  }

  /** The claimed block is in the file, all of it, with this checksum. */
  void arrived(int block, int crc) {
    SLOT.setVolatile(map, at(block), ((long) crc << 32) | PRESENT);
  }

  /** The claimed block is not coming, or was taken back. */
  void giveUp(int block) {
    SLOT.setVolatile(map, at(block), (long) ABSENT);
  }

  /** From PRESENT to FETCHING, so that its bytes can be taken out of the file. */
  boolean takeBack(int block) {
    long slot = (long) SLOT.getVolatile(map, at(block));
    return (int) slot == PRESENT && SLOT.compareAndSet(map, at(block), slot, (long) FETCHING);
  }

  /**
   * The checksum of an UNVERIFIED block has been computed: PRESENT if it is right, else ABSENT.
   *
   * @return the state this call moved it to; UNVERIFIED where somebody else was faster
   */
  int settle(int block, int crc) {
    long slot = (long) SLOT.getVolatile(map, at(block));
    if ((int) slot != UNVERIFIED) return UNVERIFIED;
    boolean isRight = (int) (slot >>> 32) == crc;
    long next = isRight ? (slot & 0xffff_ffff_0000_0000L) | PRESENT : ABSENT;
    return SLOT.compareAndSet(map, at(block), slot, next) ? (int) next : UNVERIFIED;
  }

  /** A PRESENT block that cannot be read after all. */
  void lost(int block) {
    long slot = (long) SLOT.getVolatile(map, at(block));
    if ((int) slot == PRESENT) SLOT.compareAndSet(map, at(block), slot, (long) ABSENT);
  }

  /**
   * How often blocks were taken out of the file. A reader that finds the same number before it
   * looked at a slot and after it copied the bytes has not seen a hole in the making.
   */
  long punches() {
    return (long) SLOT.getVolatile(map, PUNCHES_AT);
  }

  /** To be called after {@link #takeBack} and before the bytes go. */
  void countPunch() {
    SLOT.getAndAdd(map, PUNCHES_AT, 1L);
  }

  /** How many blocks the file holds. */
  int held() {
    int held = 0;
    for (int block = 0; block < blocks; block++) if (state(block) >= PRESENT) held++;
    return held;
  }

  /** The same for a file that is not open: its slots are counted, nothing of it is checked. */
  static int heldIn(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined();
        var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment map = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      int held = 0;
      for (long at = HEADER; at + Long.BYTES <= map.byteSize(); at += Long.BYTES)
        if ((int) map.get(LONG, at) >= PRESENT) held++;
      return held;
    }
  }

  @Override
  public void close() {
    arena.close();
  }

  private void adopt(BootId boot) {
    long most = boot.id().getMostSignificantBits();
    long least = boot.id().getLeastSignificantBits();
    boolean sameBoot = map.get(LONG, BOOT_AT) == most && map.get(LONG, BOOT_AT + 8) == least;
    for (int block = 0; block < blocks; block++) {
      long slot = map.get(LONG, at(block));
      switch ((int) slot) {
        case ABSENT, UNVERIFIED -> {}
        case PRESENT -> {
          if (!sameBoot) map.set(LONG, at(block), (slot & 0xffff_ffff_0000_0000L) | UNVERIFIED);
        }
        default -> map.set(LONG, at(block), ABSENT);
      }
    }
    // Only now: a crash in between leaves the old boot id, and the next one starts over.
    VarHandle.fullFence();
    map.set(LONG, BOOT_AT, most);
    map.set(LONG, BOOT_AT + 8, least);
  }

  private static void check(Path file, MemorySegment map, BlockLayout layout) throws Damaged {
    if (map.get(LONG, 0) != MAGIC) throw new Damaged(file + " is not a block map");
    int format = map.get(ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN), 8);
    if (format != FORMAT) throw new Damaged(file + " has format " + format);
    int blockSize = map.get(ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN), 12);
    if (blockSize != layout.blockSize() || map.get(LONG, 16) != layout.size())
      throw new Damaged(file + " describes another object");
  }

  private static long at(int block) {
    return HEADER + (long) block * Long.BYTES;
  }

  private static long bytesFor(BlockLayout layout) {
    return HEADER + (long) layout.blocks() * Long.BYTES;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) channel.write(bytes);
  }
}
