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
    /** It comes next in the order that a profile of earlier reads tells. */
    PLANNED,
    /** The whole file is wanted, sooner or later. */
    WHOLE,
    /** Nobody reads it yet: the next shard of a set, what is to be warmed. */
    LATER;

    /** Whether it is wanted in the cache rather than by a reader. */
    boolean isPatient() {
      return this == PLANNED || this == LATER;
    }
  }

  Span {
    if (first < 0 || end <= first)
      throw new IllegalArgumentException("not a span: " + first + ".." + end);
  }

  int blocks() {
    return end - first;
  }
}
