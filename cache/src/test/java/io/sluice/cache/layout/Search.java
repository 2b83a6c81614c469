package io.sluice.cache.layout;

import io.sluice.store.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs searches over bytes in memory. */
final class Search {
  private Search() {}

  /** The order in which {@code file} is worth fetching. */
  static Optional<List<ByteRange>> order(byte[] file) {
    return order(file, file.length, new ArrayList<>());
  }

  /** The same for a file that goes on with zeros; adds what was read to {@code reads}. */
  static Optional<List<ByteRange>> order(byte[] start, long size, List<ByteRange> reads) {
    LayoutSearch search = LayoutSearch.of(size);
    while (search instanceof LayoutSearch.Needs needs) {
      ByteRange wanted = needs.bytes();
      if (wanted.isEmpty() || wanted.end() > size || wanted.length() > LayoutSearch.MOST_BYTES)
        throw new AssertionError("asks for " + wanted + " of " + size);
      if (reads.contains(wanted)) throw new AssertionError("asks again for " + wanted);
      reads.add(wanted);
      var bytes = new byte[(int) wanted.length()];
      int known = Math.clamp(start.length - wanted.start(), 0, bytes.length);
      if (known > 0) System.arraycopy(start, (int) wanted.start(), bytes, 0, known);
      search = needs.with(ByteBuffer.wrap(bytes));
    }
    return search instanceof LayoutSearch.Found found
        ? Optional.of(found.order())
        : Optional.empty();
  }

  /** A file that a real library made: see {@code samples.py} beside it. */
  static byte[] sample(String name) {
    try (InputStream in = Search.class.getResourceAsStream("/layout/" + name)) {
      if (in == null) throw new AssertionError("no sample " + name);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static ByteRange range(long start, long end) {
    return new ByteRange(start, end);
  }
}
