package io.sluice.bench;

import java.nio.ByteBuffer;

/** What a reader does with the bytes it got: nothing, or a check. Called by many threads. */
@FunctionalInterface
interface Sink {
  /**
   * Takes the remaining bytes of a buffer.
   *
   * @throws IllegalStateException where they are wrong
   */
  void take(ByteBuffer bytes, long offset);

  Sink NOTHING = (bytes, offset) -> {};

  static Sink check(Content content) {
    return (bytes, offset) ->
        content
            .firstWrong(bytes, offset)
            .ifPresent(
                at -> {
                  throw new IllegalStateException("WRONG BYTES at offset " + at);
                });
  }
}
