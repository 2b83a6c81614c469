package io.sluice.cache.layout;

import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * In which order the bytes of a file are worth fetching, found out from a few of them: safetensors,
 * GGUF and zip archives as {@code torch.save} and {@code numpy.savez} write them. What kind of file
 * it is, its bytes say, not its name.
 *
 * <p>A search asks for bytes until it knows. Whatever the bytes are, there is no exception, and no
 * more than {@link #MOST_BYTES} are asked for at once.
 *
 * <pre>{@code
 * LayoutSearch search = LayoutSearch.of(version.size());
 * while (search instanceof LayoutSearch.Needs needs) search = needs.with(read(needs.bytes()));
 * if (search instanceof LayoutSearch.Found found) fetch(found.order());
 * }</pre>
 */
public sealed interface LayoutSearch {
  /**
   * Headers longer than this are not looked at, in bytes. The reference implementation of
   * safetensors takes 100 MB, but the longest that are in use (GGUF with a vocabulary of 256,000
   * tokens) have a tenth of that, and a caller may have to hold them on a small heap.
   */
  int MOST_BYTES = 32 << 20;

  /** Most ranges of an order; an ordinary file has one. A file that needs more has no layout. */
  int MOST_RANGES = 16_384;

  /** How much of the start is looked at first, in bytes: less than a block of the cache. */
  int FIRST_LOOK = 64 << 10;

  /** A search of a file of so many bytes. */
  static LayoutSearch of(long size) {
    if (size < 16) return new NoLayout();
    return new Needs(
        new ByteRange(0, Math.min(size, FIRST_LOOK)),
        start -> {
          if (GgufLayout.isOne(start)) return GgufLayout.search(size, start);
          if (ZipLayout.isOne(start)) return ZipLayout.search(size, start);
          return SafetensorsLayout.search(size, start);
        });
  }

  /**
   * More has to be known.
   *
   * @param bytes to read, within the file and never empty
   * @param then what they tell
   */
  record Needs(ByteRange bytes, Function<ByteBuffer, LayoutSearch> then) implements LayoutSearch {
    /**
     * Goes on.
     *
     * @param read exactly the bytes asked for, from its position to its limit; is not changed
     */
    public LayoutSearch with(ByteBuffer read) {
      if (read.remaining() != bytes.length())
        throw new IllegalArgumentException(read.remaining() + " bytes for " + bytes);
      return then.apply(read.slice());
    }
  }

  /**
   * Worth fetching in this order.
   *
   * @param order ranges within the file, none empty, none overlapping another, neighbours in order
   *     joined; what is in none of them is padding. What loaders read before everything else (the
   *     header; the directory of an archive) comes first.
   */
  record Found(List<ByteRange> order) implements LayoutSearch {
    public Found {
      order = List.copyOf(order);
    }
  }

  /** None of the formats known here, or damaged, or too large a header. */
  record NoLayout() implements LayoutSearch {}
}
