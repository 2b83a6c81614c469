package io.sluice.fs;

import io.sluice.fs.Finding.Row;
import java.util.List;
import java.util.Optional;

/**
 * A page of a directory as it is shown: rows in {@link ListingOrder}.
 *
 * @param askedAt when the oldest of what is in it was asked for
 */
record Page(List<Row> rows, long askedAt) {
  // By the layout of a 64-bit JVM with compressed pointers: the row, its file, the two strings'
  // heads and their arrays' heads, rounded up, and the place in the list.
  private static final int ROW_BYTES = 24 + 32 + 2 * (24 + 16 + 4) + 4;
  private static final int PAGE_BYTES = 256;

  /** What is known of a name that lies between the first and the last of this page. */
  Finding find(String name) {
    int low = 0;
    int high = rows.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = ListingOrder.ofNames(rows.get(middle).name(), name);
      if (order == 0) return rows.get(middle).finding();
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return Finding.ABSENT;
  }

  Optional<String> lastName() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().name());
  }

  /** About how much of the heap it takes. */
  int bytes() {
    long bytes = PAGE_BYTES;
    for (Row row : rows) {
      bytes += ROW_BYTES + heapBytes(row.name());
      if (row.finding() instanceof Finding.File file) bytes += heapBytes(file.tag());
    }
    return Math.toIntExact(bytes);
  }

  private static int heapBytes(String text) {
    boolean isLatin = text.chars().allMatch(c -> c <= 0xFF);
    return isLatin ? text.length() : 2 * text.length();
  }
}
