package io.sluice.store.transfer.checksum;

/** A checksum on its way: of the bytes that were added, in order. For one thread. */
public interface Sum {
  void add(byte[] bytes, int offset, int length);

  /** Of all that was added; nothing may be added after it. */
  byte[] value();
}
