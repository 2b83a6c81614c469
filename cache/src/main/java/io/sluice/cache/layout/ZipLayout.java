package io.sluice.cache.layout;

import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Zip archives, ZIP64 too: what {@code torch.save} writes. Loaders look for the directory at the
 * end, read {@code data.pkl}, which says what the tensors are, and then the entries.
 *
 * <p>An entry is taken to reach to the next one, or to the directory: so its header and the padding
 * come with it.
 */
final class ZipLayout {
  private static final int LOCAL_ENTRY = 0x04034b50;
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int ZIP64_LOCATOR_LENGTH = 20;
  private static final int ZIP64_END = 0x06064b50;
  private static final int ZIP64_END_LENGTH = 56;

  /** Where the end is looked for: a comment after it may have 64 KiB, and nobody writes one. */
  private static final int TAIL = 64 << 10;

  private ZipLayout() {}

  static boolean isOne(ByteBuffer start) {
    return start.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == LOCAL_ENTRY;
  }

  static LayoutSearch search(long size, ByteBuffer start) {
    if (start.limit() == size) return inTail(size, 0, start.order(ByteOrder.LITTLE_ENDIAN));
    var tail = new ByteRange(Math.max(0, size - TAIL), size);
    return new LayoutSearch.Needs(
        tail, read -> inTail(size, tail.start(), read.order(ByteOrder.LITTLE_ENDIAN)));
  }

  private static LayoutSearch inTail(long size, long tailStart, ByteBuffer tail) {
    Optional<ByteRange> place = directory(size, tailStart, tail);
    if (place.isEmpty()) return new LayoutSearch.NoLayout();
    ByteRange directory = place.get();
    if (directory.length() > LayoutSearch.MOST_BYTES) return new LayoutSearch.NoLayout();
    if (directory.isEmpty()) return new LayoutSearch.NoLayout();
    if (directory.start() < tailStart)
      return new LayoutSearch.Needs(directory, read -> inDirectory(size, directory, read));
    int at = (int) (directory.start() - tailStart);
    return inDirectory(size, directory, tail.slice(at, (int) directory.length()));
  }

  /** Where the directory is, without what follows it. */
  private static Optional<ByteRange> directory(long size, long tailStart, ByteBuffer tail) {
    for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) != END) continue;
      long length = Integer.toUnsignedLong(tail.getInt(at + 12));
      long start = Integer.toUnsignedLong(tail.getInt(at + 16));
      int locator = at - ZIP64_LOCATOR_LENGTH;
      if (locator >= 0 && tail.getInt(locator) == ZIP64_LOCATOR) {
        long end = tail.getLong(locator + 8) - tailStart;
        if (end < 0 || end > locator - ZIP64_END_LENGTH || tail.getInt((int) end) != ZIP64_END)
          return Optional.empty();
        length = tail.getLong((int) end + 40);
        start = tail.getLong((int) end + 48);
      }
      if (start < 0 || length < 0 || length > size || start > size - length)
        return Optional.empty();
      return Optional.of(new ByteRange(start, start + length));
    }
    return Optional.empty();
  }

  private static LayoutSearch inDirectory(long size, ByteRange directory, ByteBuffer bytes) {
    try {
      var entries = new ZipEntries(bytes);
      var order = new FetchOrder();
      order.add(directory.start(), size, size);
      if (entries.pickle().isPresent()) {
        long start = entries.pickle().getAsLong();
        order.add(start, entries.after(start, directory.start()), size);
      }
      for (long start : entries.offsets())
        if (entries.pickle().isEmpty() || start != entries.pickle().getAsLong())
          order.add(start, entries.after(start, directory.start()), size);
      return order.found();
    } catch (MalformedException _) {
      return new LayoutSearch.NoLayout();
    }
  }
}
