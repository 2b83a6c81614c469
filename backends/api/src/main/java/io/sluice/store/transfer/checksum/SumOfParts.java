package io.sluice.store.transfer.checksum;

import java.util.Iterator;
import java.util.List;

/** The checksum of the checksums of parts, one behind the other. */
final class SumOfParts implements Sum {
  private final Algorithm algorithm;
  private final Iterator<Long> lengths;
  private final Sum whole;
  private Sum part;

  /** Of the part that is being summed. */
  private long left;

  SumOfParts(Algorithm algorithm, List<Long> lengths) {
    this.algorithm = algorithm;
    this.lengths = lengths.iterator();
    this.whole = algorithm.begin();
    this.part = algorithm.begin();
    this.left = this.lengths.next();
  }

  @Override
  public void add(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      // What comes after the last part belongs to it: then the sum is another one.
      nextPart();
      int count = (int) Math.min(end - at, left == 0 ? end - at : left);
      part.add(bytes, at, count);
      at += count;
      left = Math.max(0, left - count);
    }
  }

  /** Parts may be empty, too. */
  private void nextPart() {
    while (left == 0 && lengths.hasNext()) {
      add(part.value());
      part = algorithm.begin();
      left = lengths.next();
    }
  }

  private void add(byte[] sum) {
    whole.add(sum, 0, sum.length);
  }

  @Override
  public byte[] value() {
    nextPart();
    add(part.value());
    return whole.value();
  }
}
