package io.sluice.cache.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/** Where the entries of a zip archive begin, out of its directory. */
final class ZipEntries {
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int ZIP64_EXTRA = 1;
  private static final int IN_ZIP64 = -1;
  private static final int MOST = 1 << 18;

  private final long[] offsets;
  private final OptionalLong pickle;

  /** Reads a whole directory, from the buffer's start to its limit. */
  ZipEntries(ByteBuffer directory) throws MalformedException {
    ByteBuffer bytes = directory.slice().order(ByteOrder.LITTLE_ENDIAN);
    var starts = new long[Math.min(MOST, bytes.limit() / ENTRY_LENGTH)];
    int count = 0;
    OptionalLong firstPickle = OptionalLong.empty();
    for (int at = 0; at < bytes.limit(); ) {
      if (bytes.limit() - at < ENTRY_LENGTH || bytes.getInt(at) != ENTRY || count == MOST)
        throw new MalformedException();
      int name = Short.toUnsignedInt(bytes.getShort(at + 28));
      int extra = Short.toUnsignedInt(bytes.getShort(at + 30));
      int comment = Short.toUnsignedInt(bytes.getShort(at + 32));
      int end = at + ENTRY_LENGTH + name + extra + comment;
      if (end > bytes.limit()) throw new MalformedException();
      long start = offset(bytes, at, at + ENTRY_LENGTH + name, extra);
      if (firstPickle.isEmpty() && isPickle(bytes, at + ENTRY_LENGTH, name))
        firstPickle = OptionalLong.of(start);
      starts[count++] = start;
      at = end;
    }
    offsets = Arrays.stream(starts, 0, count).sorted().distinct().toArray();
    pickle = firstPickle;
  }

  /** Where entries begin, in ascending order. */
  long[] offsets() {
    return offsets;
  }

  /** Where {@code data.pkl} begins: a description of all the rest. */
  OptionalLong pickle() {
    return pickle;
  }

  /** Where the entry after the one at {@code offset} begins, or else {@code end}. */
  long after(long offset, long end) {
    int next = Arrays.binarySearch(offsets, offset) + 1;
    return next < offsets.length ? offsets[next] : end;
  }

  private static long offset(ByteBuffer bytes, int entry, int extras, int length)
      throws MalformedException {
    int offset = bytes.getInt(entry + 42);
    if (offset != IN_ZIP64) return Integer.toUnsignedLong(offset);
    int before = 0; // the sizes come first, where they did not have room either
    if (bytes.getInt(entry + 24) == IN_ZIP64) before += Long.BYTES;
    if (bytes.getInt(entry + 20) == IN_ZIP64) before += Long.BYTES;
    for (int at = extras; at + 4 <= extras + length; ) {
      int id = Short.toUnsignedInt(bytes.getShort(at));
      int size = Short.toUnsignedInt(bytes.getShort(at + 2));
      boolean fits = size >= before + Long.BYTES && at + 4 + size <= extras + length;
      if (id == ZIP64_EXTRA && fits) return bytes.getLong(at + 4 + before);
      at += 4 + size;
    }
    throw new MalformedException();
  }

  private static boolean isPickle(ByteBuffer bytes, int start, int length) {
    var name = new byte[length];
    bytes.get(start, name);
    String path = new String(name, UTF_8);
    return path.equals("data.pkl") || path.endsWith("/data.pkl");
  }
}
