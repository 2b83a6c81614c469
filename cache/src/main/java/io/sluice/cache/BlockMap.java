package io.sluice.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.function.IntPredicate;

/**
 * Which blocks of a cache file are there, and their CRC32C: a header and one slot per block, in the
 * mapped file {@code blocks}. A slot is eight bytes: the state in the low half; in the high half
 * the checksum, or, of a block that is being fetched, the id of the owner that fetches it. Slots
 * change by compare-and-set, so readers never lock, and several processes may share the file.
 *
 * <pre>
 *   0 magic "SLUICEBM"   8 format   12 block size   16 size of the object
 *   24 boot id (16 bytes)   40 punches   48 blocks held, as a hint   64 slots
 * </pre>
 *
 * <p>Of an ABSENT block nothing is known; FETCHING is claimed by the owner that moved it there;
 * PRESENT may be served; UNVERIFIED was written in an earlier boot and has to pass its checksum
 * first. Safe for use by many threads until {@link #close()}.
 */
final class BlockMap implements AutoCloseable {
  static final int ABSENT = 0;
  static final int FETCHING = 1;
  static final int PRESENT = 2;
  static final int UNVERIFIED = 3;

  /** Its bytes are being taken out of the file; nobody may claim it before they are gone. */
  private static final int PUNCHING = 4;

  /** The file is not a block map of this object: nothing it says can be trusted. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  private static final VarHandle SLOT = MapFile.LONG.varHandle();
  private static final long HIGH_HALF = 0xffff_ffff_0000_0000L;

  private final MapArena arena;
  private final MemorySegment map;
  private final int blocks;

  /** A slot that we have claimed. */
  private final long ours;

  private BlockMap(MapArena arena, MemorySegment map, int blocks, int owner) {
    this.arena = arena;
    this.map = map;
    this.blocks = blocks;
    this.ours = fetching(owner);
  }

  /** A map of nothing that no file keeps: for an object that cannot be cached now. */
  static BlockMap inMemory(BlockLayout layout) {
    MapArena arena = MapArena.take();
    MemorySegment map = Arena.ofAuto().allocate(MapFile.bytesFor(layout), Long.BYTES);
    return new BlockMap(arena, map, layout.blocks(), 1);
  }

  /**
   * Maps an existing file. What is in it stays as it is: see {@link #adopt}.
   *
   * @param owner in whose name blocks are claimed; not 0
   * @throws Damaged where it is not a map of such an object
   */
  static BlockMap open(Path file, BlockLayout layout, int owner) throws IOException {
    return open(file, layout, owner, MapMode.READ_WRITE);
  }

  /** The same for somebody who only looks: what would change it throws. */
  static BlockMap openToLook(Path file, BlockLayout layout) throws IOException {
    return open(file, layout, 0, MapMode.READ_ONLY);
  }

  private static BlockMap open(Path file, BlockLayout layout, int owner, MapMode mode)
      throws IOException {
    MapArena arena = MapArena.take();
    try {
      MemorySegment map = MapFile.map(file, layout, mode, arena.arena());
      return new BlockMap(arena, map, layout.blocks(), owner);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Makes what others left fit to be used: claims of the dead are dropped, and blocks of an earlier
   * boot become UNVERIFIED. Others may use the file meanwhile, but none may be punching holes: the
   * caller keeps them from it by a share in the lock of {@code data}.
   *
   * @param isAlive whether an owner lives; asked once for each
   */
  void adopt(BootId boot, IntPredicate isAlive) {
    long most = boot.id().getMostSignificantBits();
    long least = boot.id().getLeastSignificantBits();
    boolean sameBoot =
        map.get(MapFile.LONG, MapFile.BOOT_AT) == most
            && map.get(MapFile.LONG, MapFile.BOOT_AT + 8) == least;
    var alive = new HashMap<Integer, Boolean>();
    for (int block = 0; block < blocks; block++) {
      long slot = slot(block);
      long next =
          switch ((int) slot) {
            case ABSENT, UNVERIFIED -> slot;
            case PRESENT -> sameBoot ? slot : (slot & HIGH_HALF) | UNVERIFIED;
            case FETCHING ->
                slot != ours && alive.computeIfAbsent(highHalf(slot), isAlive::test)
                    ? slot
                    : ABSENT;
            default -> ABSENT;
          };
      if (next != slot) swap(block, slot, next);
    }
    // Only now: a crash in between leaves the old boot id, and the next one starts over.
    VarHandle.fullFence();
    map.set(MapFile.LONG, MapFile.BOOT_AT, most);
    map.set(MapFile.LONG, MapFile.BOOT_AT + 8, least);
    map.set(MapFile.LONG, MapFile.HELD_AT, held());
  }

  int state(int block) {
    return (int) slot(block);
  }

  /** The checksum of a PRESENT or UNVERIFIED block. */
  int crc(int block) {
    return highHalf(slot(block));
  }

  /** Whether we have claimed it, and still have. */
  boolean isOurs(int block) {
    return slot(block) == ours;
  }

  /** Who fetches it, where that is somebody else; 0 where nobody does, or we do. */
  int otherFetching(int block) {
    long slot = slot(block);
    return (int) slot == FETCHING && slot != ours ? highHalf(slot) : 0;
  }

  /** From ABSENT to FETCHING; false where somebody else has it or fetches it. */
  boolean claim(int block) {
    return swap(block, ABSENT, ours);
  }

  /**
   * The claimed block is in the file, all of it, with this checksum.
   *
   * @return whether it was still ours: else somebody took it over, who will account for it
   */
  boolean arrived(int block, int crc) {
    boolean wasOurs = swap(block, ours, ((long) crc << 32) | PRESENT);
    if (wasOurs) countHeld(+1);
    return wasOurs;
  }

  /** The claimed block is not coming; one that is there stays. */
  void giveUp(int block) {
    swap(block, ours, ABSENT);
  }

  /** Drops what an owner who is dead, or as good as dead, has claimed. */
  void dropClaims(int owner) {
    for (int block = 0; block < blocks; block++) swap(block, fetching(owner), ABSENT);
  }

  /**
   * From PRESENT to a state of its own, so that its bytes can be taken out of the file. Not to
   * FETCHING: a request that was late with the same block would say that it is there.
   */
  boolean takeBack(int block) {
    long slot = slot(block);
    boolean taken = (int) slot == PRESENT && swap(block, slot, PUNCHING);
    if (taken) countHeld(-1);
    return taken;
  }

  /** The bytes of a block that was taken back are gone. */
  void punched(int block) {
    swap(block, PUNCHING, ABSENT);
  }

  /**
   * The checksum of an UNVERIFIED block has been computed: PRESENT if it is right, else ABSENT.
   *
   * @return the state this call moved it to; UNVERIFIED where somebody else was faster
   */
  int settle(int block, int crc) {
    long slot = slot(block);
    if ((int) slot != UNVERIFIED) return UNVERIFIED;
    boolean isRight = highHalf(slot) == crc;
    long next = isRight ? (slot & HIGH_HALF) | PRESENT : ABSENT;
    if (!swap(block, slot, next)) return UNVERIFIED;
    if (!isRight) countHeld(-1);
    return (int) next;
  }

  /** A block that the file holds cannot be read after all; true where this call dropped it. */
  boolean lost(int block) {
    long slot = slot(block);
    boolean dropped = isHeld(slot) && swap(block, slot, ABSENT);
    if (dropped) countHeld(-1);
    return dropped;
  }

  /**
   * How often blocks were taken out of the file. A reader that finds the same number before it
   * looked at a slot and after it copied the bytes has not seen a hole in the making.
   */
  long punches() {
    return (long) SLOT.getVolatile(map, MapFile.PUNCHES_AT);
  }

  /** To be called after {@link #takeBack} and before the bytes go. */
  void countPunch() {
    SLOT.getAndAdd(map, MapFile.PUNCHES_AT, 1L);
  }

  /** About how many blocks the file holds: a process that is killed may leave it a few wrong. */
  int heldAbout() {
    return Math.clamp((long) SLOT.getVolatile(map, MapFile.HELD_AT), 0, blocks);
  }

  /** How many blocks the file holds, counted. */
  int held() {
    int held = 0;
    for (int block = 0; block < blocks; block++) if (isHeld(slot(block))) held++;
    return held;
  }

  int blocks() {
    return blocks;
  }

  /** Whether its bytes are in the file, verified or not. */
  boolean isHeld(int block) {
    return isHeld(slot(block));
  }

  static boolean isHeld(long slot) {
    return (int) slot == PRESENT || (int) slot == UNVERIFIED;
  }

  @Override
  public void close() {
    arena.close();
  }

  private void countHeld(long more) {
    SLOT.getAndAdd(map, MapFile.HELD_AT, more);
  }

  private long slot(int block) {
    return (long) SLOT.getVolatile(map, MapFile.at(block));
  }

  private boolean swap(int block, long from, long to) {
    return SLOT.compareAndSet(map, MapFile.at(block), from, to);
  }

  private static long fetching(int owner) {
    return ((long) owner << 32) | FETCHING;
  }

  private static int highHalf(long slot) {
    return (int) (slot >>> 32);
  }
}
