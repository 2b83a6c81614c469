package io.sluice.store;

/** Bytes {@code start} (included) to {@code end} (excluded) of an object; may be empty. */
public record ByteRange(long start, long end) {
  public ByteRange {
    if (start < 0 || end < start)
      throw new IllegalArgumentException("not a range: " + start + ".." + end);
  }

  public long length() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  /** What is left of it after its first {@code count} bytes. */
  public ByteRange after(long count) {
    return new ByteRange(start + count, end);
  }

  @Override
  public String toString() {
    return start + ".." + end;
  }
}
