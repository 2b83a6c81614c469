package io.sluice.cache.layout;

import io.sluice.store.ByteRange;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * GGUF, versions 2 and 3: counts, key-value pairs, where each tensor is, then the tensors. Loaders
 * go through the tensors in the order of their descriptions.
 *
 * <p>A tensor is taken to reach to the next one: that is its size with its padding, and needs no
 * table of the types, of which new ones keep coming.
 */
final class GgufLayout {
  private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};
  private static final int MOST_TENSORS = 1 << 18;
  private static final long USUAL_ALIGNMENT = 32;
  private static final long MOST_ALIGNMENT = 1 << 20;

  private GgufLayout() {}

  static boolean isOne(ByteBuffer start) {
    return start.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /** Looks at the start of a file; asks for four times as much where its header is longer. */
  static LayoutSearch search(long size, ByteBuffer start) {
    try {
      return parse(new GgufReader(start, size), size);
    } catch (MalformedException _) {
      return new LayoutSearch.NoLayout();
    } catch (BufferUnderflowException _) {
      long most = Math.min(size, LayoutSearch.MOST_BYTES);
      if (start.limit() >= most) return new LayoutSearch.NoLayout();
      long more = Math.min(most, 4L * start.limit());
      return new LayoutSearch.Needs(new ByteRange(0, more), read -> search(size, read));
    }
  }

  private static LayoutSearch parse(GgufReader header, long size) throws MalformedException {
    header.skip(MAGIC.length);
    int version = header.readInt();
    if (version != 2 && version != 3) throw new MalformedException();
    long tensors = header.readLong();
    long pairs = header.readLong();
    if (tensors < 0 || tensors > MOST_TENSORS || pairs < 0) throw new MalformedException();
    long alignment = USUAL_ALIGNMENT;
    for (long i = 0; i < pairs; i++) {
      boolean isAlignment = header.readString().equals("general.alignment");
      int type = header.readInt();
      if (isAlignment && type == GgufReader.UINT32) alignment = header.readInt();
      else header.skipValue(type);
    }
    if (alignment < 1 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1)
      throw new MalformedException();
    long[] offsets = new long[(int) tensors];
    for (int i = 0; i < offsets.length; i++) offsets[i] = header.readTensorOffset();
    long data = (header.position() + alignment - 1) & -alignment;
    return order(offsets, Math.min(data, size), size);
  }

  private static LayoutSearch order(long[] offsets, long data, long size)
      throws MalformedException {
    long[] sorted = Arrays.stream(offsets).sorted().distinct().toArray();
    if (sorted.length > 0 && (sorted[0] < 0 || sorted[sorted.length - 1] > size - data))
      throw new MalformedException();
    var order = new FetchOrder();
    order.add(0, data, size);
    var isGiven = new boolean[sorted.length];
    for (long offset : offsets) {
      int at = Arrays.binarySearch(sorted, offset);
      if (isGiven[at]) continue; // tensors that share their bytes, or empty ones before another
      isGiven[at] = true;
      long end = at + 1 < sorted.length ? data + sorted[at + 1] : size;
      order.add(data + offset, end, size);
    }
    return order.found();
  }
}
