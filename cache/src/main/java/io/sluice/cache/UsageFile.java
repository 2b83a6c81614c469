package io.sluice.cache;

import io.sluice.cache.CacheSettings.Space;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What all objects of a data directory take together, counted by all its owners in one mapped file:
 *
 * <pre>
 *   0 magic "SLUICEUS"   8 format   16 bytes used   24 bound   32 reserve
 *   64 accounts: id of an owner, bytes it has reserved; 0 is nobody's
 * </pre>
 *
 * <p>Bytes used are those of the blocks held, {@link ObjectFiles#OVERHEAD} for each object, and
 * what is reserved for requests under way. What a crash left wrong, {@link #correct} repairs. Safe
 * for use by many threads and processes; the mapping lasts as long as this is reachable.
 */
final class UsageFile {
  private static final long MAGIC = 0x5355_4543_4955_4c53L; // "SLUICEUS", little endian
  private static final long FORMAT = 1;
  private static final int LENGTH = 4096;
  private static final int HEADER = 64;
  private static final int ACCOUNT = 16;
  private static final int ACCOUNTS = (LENGTH - HEADER) / ACCOUNT;
  private static final long USED_AT = 16;
  private static final long BOUND_AT = 24;
  private static final long RESERVE_AT = 32;
  private static final OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FIELD = LONG.varHandle();

  private final MemorySegment map;

  private UsageFile(MemorySegment map) {
    this.map = map;
  }

  /** The one of a data directory, if it has a usable one. */
  static Optional<UsageFile> find(Path root) throws IOException {
    Path file = root.resolve("usage");
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() != LENGTH) return Optional.empty();
      MemorySegment map = channel.map(MapMode.READ_WRITE, 0, LENGTH, Arena.ofAuto());
      if (map.get(LONG, 0) != MAGIC || map.get(LONG, 8) != FORMAT) return Optional.empty();
      return Optional.of(new UsageFile(map));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A new one, of nothing. In full, not sparse: a mapped hole on a full disk is a SIGBUS. */
  static UsageFile create(Path root) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putLong(FORMAT);
    MapFile.writeInFull(root.resolve("usage"), header.clear(), LENGTH);
    return find(root).orElseThrow(() -> new IOException(root + "/usage was replaced"));
  }

  long used() {
    return get(USED_AT);
  }

  /** Blocks or files were added, or, negative, are gone. */
  void grew(long bytes) {
    add(USED_AT, bytes);
  }

  /** The bounds of whoever opened the directory last; empty where nobody has. */
  Optional<Space> space() {
    long most = get(BOUND_AT);
    return most == 0 && get(RESERVE_AT) == 0
        ? Optional.empty()
        : Optional.of(new Space(Math.max(0, most - 1), get(RESERVE_AT)));
  }

  void setSpace(Space space) {
    FIELD.setVolatile(map, BOUND_AT, Math.min(space.most(), Long.MAX_VALUE - 1) + 1);
    FIELD.setVolatile(map, RESERVE_AT, space.reserve());
  }

  /**
   * Opens an account for an owner, which {@link Account#close} ends.
   *
   * @throws IOException where there are too many of them
   */
  Account open(int owner) throws IOException {
    for (int index = 0; index < ACCOUNTS; index++) {
      long at = account(index);
      if (FIELD.compareAndSet(map, at, 0L, Integer.toUnsignedLong(owner))) return new Account(at);
    }
    throw new IOException("%d processes use it already".formatted(ACCOUNTS));
  }

  /** A scan of everything in the directory. */
  @FunctionalInterface
  interface Count {
    /** Bytes of all objects, without reservations. */
    long count() throws IOException;
  }

  /**
   * What a count has shown.
   *
   * @param isQuiet whether nothing changed meanwhile: else the sum may be wrong by what did
   * @param wasRight whether the sum had been what it was set to
   */
  record Correction(boolean isQuiet, boolean wasRight) {}

  /** Sets the sum right and closes the accounts of the dead. By one at a time. */
  Correction correct(Count objects, IntPredicate isAlive) throws IOException {
    long used = used();
    BitSet dead = dead(isAlive);
    long reserved = reserved(dead);
    long right = objects.count() + reserved;
    boolean isQuiet = used == used() && reserved == reserved(dead) && dead.equals(dead(isAlive));
    add(USED_AT, right - used);
    dead.stream().forEach(this::close); // not before: the count may have failed
    return new Correction(isQuiet, right == used);
  }

  /** Bytes reserved by all owners: the disk will have to take them, and has not yet. */
  long reserved() {
    return reserved(new BitSet());
  }

  private long reserved(BitSet without) {
    long sum = 0;
    for (int index = 0; index < ACCOUNTS; index++)
      if (!without.get(index) && get(account(index)) != 0) sum += get(account(index) + 8);
    return sum;
  }

  private BitSet dead(IntPredicate isAlive) {
    var dead = new BitSet();
    for (int index = 0; index < ACCOUNTS; index++) {
      long owner = get(account(index));
      if (owner != 0 && !isAlive.test((int) owner)) dead.set(index);
    }
    return dead;
  }

  private void close(int index) {
    FIELD.setVolatile(map, account(index) + 8, 0L);
    FIELD.setVolatile(map, account(index), 0L);
  }

  private static long account(int index) {
    return HEADER + (long) index * ACCOUNT;
  }

  private long get(long at) {
    return (long) FIELD.getVolatile(map, at);
  }

  private void add(long at, long more) {
    FIELD.getAndAdd(map, at, more);
  }

  /** What one owner has reserved. */
  final class Account {
    private final long at;
    private volatile boolean closed;

    private Account(long at) {
      this.at = at;
    }

    /** Takes so much room for a request that is about to start, if it is within the bound. */
    boolean reserve(long bytes, long most) {
      while (true) {
        long used = used();
        if (used + bytes > most) return false;
        if (!FIELD.compareAndSet(map, USED_AT, used, used + bytes)) continue;
        add(at + 8, bytes);
        return true;
      }
    }

    /** So much of it has been written: still used, but no longer reserved. */
    void wrote(long bytes) {
      if (closed) grew(bytes); // by a request that was given up waiting for
      else add(at + 8, -bytes);
    }

    /** So much of it was not needed. */
    void release(long bytes) {
      if (closed) return;
      add(at + 8, -bytes);
      grew(-bytes);
    }

    /** What is still reserved is free again. */
    void close() {
      closed = true;
      grew(-(long) FIELD.getAndSet(map, at + 8, 0L));
      FIELD.setVolatile(map, at, 0L);
    }
  }
}
