package io.sluice.bench;

import io.sluice.store.ByteRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes a {@code Range} header asks for. */
final class RequestedRange {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private RequestedRange() {}

  /**
   * The bytes of an object of {@code size} that {@code header} asks for: {@code bytes=0-9}, {@code
   * bytes=5-} or {@code bytes=-5}, cut at the object's end.
   *
   * @return empty where none of them exist, which is a 416; of several ranges, or a header that is
   *     not a range, HTTP says to answer with everything
   */
  static Optional<ByteRange> of(String header, long size) {
    Matcher matcher = RANGE.matcher(header);
    if (!matcher.matches()) return Optional.of(new ByteRange(0, size));
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty() && last.isEmpty()) return Optional.of(new ByteRange(0, size));
    long start =
        first.isEmpty() ? size - Math.min(size, Long.parseLong(last)) : Long.parseLong(first);
    long end = first.isEmpty() || last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
    return start < end ? Optional.of(new ByteRange(start, end)) : Optional.empty();
  }
}
