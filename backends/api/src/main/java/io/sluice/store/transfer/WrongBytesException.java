package io.sluice.store.transfer;

import io.sluice.store.transfer.checksum.Expected;
import java.io.IOException;

/** What came is not what the object consists of: its checksum is another one. */
public final class WrongBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  private WrongBytesException(String message) {
    super(message);
  }

  /**
   * Of an object that was written.
   *
   * @param made the checksum that the store says it has
   */
  static WrongBytesException made(String key, String made, Expected sent) {
    return new WrongBytesException(
        "%s is another object than what was sent: the store says that its %s is %s, and should be %s: send it again"
            .formatted(key, sent.algorithm().title(), made, sent.text()));
  }

  /**
   * Compares.
   *
   * @param came the checksum of the bytes that came
   * @throws WrongBytesException where it is another one than expected
   */
  static void require(String key, Expected expected, byte[] came) throws WrongBytesException {
    if (!expected.is(came))
      throw new WrongBytesException(
          "the bytes of %s are not those of the object: their %s is %s, and should be %s (%s): fetch it again"
              .formatted(
                  key,
                  expected.algorithm().title(),
                  expected.written(came),
                  expected.text(),
                  expected.source()));
  }
}
