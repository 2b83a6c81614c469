package io.sluice.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.cache.trace.ReadTrace;
import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Headers of files that were read as a trace tells: the traces have none of the files' bytes. */
final class TracedHeaders {
  /** Tensors begin here. */
  private static final int SAFETENSORS_HEADER = 32 << 10;

  private static final long MIB = 1 << 20;

  private TracedHeaders() {}

  /** In which order a program came to the parts of its file, to the MiB. */
  static List<ByteRange> order(ReadTrace trace) {
    var seen = new TreeSet<Long>();
    List<ByteRange> order = new ArrayList<>();
    for (ByteRange read : trace.reads()) {
      long start = read.start() / MIB * MIB;
      if (!seen.add(start)) continue;
      long end = Math.min(trace.size(), start + MIB);
      if (!order.isEmpty() && order.getLast().end() == start)
        order.add(new ByteRange(order.removeLast().start(), end));
      else order.add(new ByteRange(start, end));
    }
    return order;
  }

  /** Of a safetensors file whose tensors are named in this order. */
  static Map<Long, byte[]> safetensors(List<ByteRange> order) {
    var json = new StringBuilder("{");
    for (ByteRange range : order) {
      long start = Math.max(range.start(), SAFETENSORS_HEADER) - SAFETENSORS_HEADER;
      long end = range.end() - SAFETENSORS_HEADER;
      if (json.length() > 1) json.append(',');
      json.append("\"t%d\":{\"data_offsets\":[%d,%d]}".formatted(start, start, end));
    }
    json.append('}');
    int length = SAFETENSORS_HEADER - Long.BYTES;
    if (json.length() > length) throw new AssertionError("a header of " + json.length());
    ByteBuffer bytes = ByteBuffer.allocate(SAFETENSORS_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(json.toString().getBytes(US_ASCII));
    while (bytes.hasRemaining()) bytes.put((byte) ' ');
    return Map.of(0L, bytes.array());
  }

  /** Of a zip archive with one entry. */
  static Map<Long, byte[]> zip(long size) {
    byte[] name = "m/data/0".getBytes(US_ASCII);
    ByteBuffer start = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN).putInt(0x04034b50);
    int entry = 46 + name.length;
    ByteBuffer tail = ByteBuffer.allocate(entry + 22).order(ByteOrder.LITTLE_ENDIAN);
    tail.putInt(0, 0x02014b50).putShort(28, (short) name.length).put(46, name);
    tail.putInt(entry, 0x06054b50).putInt(entry + 12, entry);
    tail.putInt(entry + 16, (int) (size - tail.capacity()));
    return Map.of(0L, start.array(), size - tail.capacity(), tail.array());
  }
}
