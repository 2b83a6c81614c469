package io.sluice.cache;

/**
 * Neighbouring blocks that one request fetches.
 *
 * @param first its first block
 * @param end the block after its last one
 */
record Span(int first, int end, Urgency urgency) {
  /** Why a span is fetched; the more urgent first. */
  enum Urgency {
    /** A reader waits for its first block. */
    DEMAND,
    /** A reader is on its way there. */
    READ_AHEAD,
    /** The whole file is wanted, sooner or later. */
    WHOLE
  }

  Span {
    if (first < 0 || end <= first)
      throw new IllegalArgumentException("not a span: " + first + ".." + end);
  }

  int blocks() {
    return end - first;
  }
}
