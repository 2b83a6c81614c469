package io.sluice.cache.layout;

import com.google.gson.stream.JsonReader;
import io.sluice.store.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Safetensors: the length of the header, 8 bytes little-endian; the header, JSON from tensor names
 * to their place; the tensors. Loaders go through the header's entries in order.
 */
final class SafetensorsLayout {
  private static final int LENGTH = 8;

  private SafetensorsLayout() {}

  static LayoutSearch search(long size, ByteBuffer start) {
    long header = start.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    if (header < 2 || header > Math.min(size, LayoutSearch.MOST_BYTES) - LENGTH)
      return new LayoutSearch.NoLayout();
    if (start.get(LENGTH) != '{') return new LayoutSearch.NoLayout();
    int data = LENGTH + (int) header;
    if (data <= start.limit()) return inHeader(size, start.slice(0, data));
    return new LayoutSearch.Needs(new ByteRange(0, data), read -> inHeader(size, read));
  }

  private static LayoutSearch inHeader(long size, ByteBuffer header) {
    long data = header.limit();
    try {
      var order = new FetchOrder();
      order.add(0, data, size);
      Json.parse(
          header.slice(LENGTH, header.limit() - LENGTH),
          json -> {
            tensors(json, data, size, order);
            return order;
          });
      return order.found();
    } catch (MalformedException _) {
      return new LayoutSearch.NoLayout();
    }
  }

  private static void tensors(JsonReader json, long data, long size, FetchOrder order)
      throws IOException, MalformedException {
    json.beginObject();
    while (json.hasNext()) {
      if (json.nextName().equals("__metadata__")) {
        json.skipValue();
      } else {
        ByteRange offsets = offsets(json, size);
        order.add(data + offsets.start(), data + offsets.end(), size);
      }
    }
    json.endObject();
  }

  private static ByteRange offsets(JsonReader json, long size)
      throws IOException, MalformedException {
    long start = -1;
    long end = -1;
    json.beginObject();
    while (json.hasNext()) {
      if (json.nextName().equals("data_offsets")) {
        json.beginArray();
        start = json.nextLong();
        end = json.nextLong();
        json.endArray();
      } else {
        json.skipValue();
      }
    }
    json.endObject();
    if (start < 0 || end < start || end > size) throw new MalformedException();
    return new ByteRange(start, end);
  }
}
