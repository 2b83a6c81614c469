package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import io.sluice.cache.layout.LayoutSearch;
import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * In which order a file is fetched as a whole: from its start to its end, until its own header has
 * said otherwise. Safe for use by many threads.
 */
final class FileOrder {
  private final Blocks blocks;
  private final ReentrantLock learning = new ReentrantLock();
  private volatile LayoutSearch search;
  private volatile List<ByteRange> ranges;

  /**
   * Nothing known yet.
   *
   * @param hasHeader whether there may be anything to learn
   */
  FileOrder(Blocks blocks, boolean hasHeader) {
    this.blocks = blocks;
    long size = blocks.layout().size();
    this.ranges = List.of(new ByteRange(0, size));
    this.search = hasHeader ? LayoutSearch.of(size) : new LayoutSearch.NoLayout();
  }

  /** All of the file; what is read first comes first. */
  List<ByteRange> ranges() {
    return ranges;
  }

  /** What has to be fetched before more can be known. */
  Optional<Span> neededToKnow(ReadAhead.Missing missing) {
    if (!(search instanceof LayoutSearch.Needs needs)) return Optional.empty();
    var wish = new Wish(Urgency.WHOLE, 0, blocks.layout(), List.of(needs.bytes()));
    return wish.next(needs.bytes().length() + blocks.layout().blockSize(), missing);
  }

  /** Looks at what has come, if it is what was lacking. At most one thread at a time does. */
  void learn() {
    if (!(search instanceof LayoutSearch.Needs) || !learning.tryLock()) return;
    try {
      while (search instanceof LayoutSearch.Needs needs && isHere(needs.bytes())) {
        Optional<ByteBuffer> bytes = read(needs.bytes());
        if (bytes.isEmpty()) return;
        search = needs.with(bytes.get());
      }
      if (search instanceof LayoutSearch.Found found)
        ranges = withGaps(found.order(), blocks.layout().size());
    } finally {
      learning.unlock();
    }
  }

  private boolean isHere(ByteRange bytes) {
    BlockLayout layout = blocks.layout();
    for (int block = layout.blockAt(bytes.start()); block < layout.blockFrom(bytes.end()); block++)
      if (!blocks.isHere(block)) return false;
    return true;
  }

  private Optional<ByteBuffer> read(ByteRange bytes) {
    ByteBuffer into = ByteBuffer.allocate((int) bytes.length());
    while (into.hasRemaining())
      if (blocks.copy(bytes.start() + into.position(), bytes.end(), into) == 0)
        return Optional.empty(); // gone again: a later block is another occasion
    return Optional.of(into.flip());
  }

  /** The order, and after it what it leaves out. */
  static List<ByteRange> withGaps(List<ByteRange> order, long size) {
    List<ByteRange> all = new ArrayList<>(order);
    long at = 0;
    for (ByteRange range :
        order.stream().sorted(Comparator.comparingLong(ByteRange::start)).toList()) {
      if (range.start() > at) all.add(new ByteRange(at, range.start()));
      at = Math.max(at, range.end());
    }
    if (at < size) all.add(new ByteRange(at, size));
    return List.copyOf(all);
  }
}
