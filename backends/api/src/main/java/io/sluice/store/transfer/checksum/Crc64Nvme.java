package io.sluice.store.transfer.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME (NVM Express NVM Command Set Specification 1.0, 5.2.1.3.4; check value of
 * "123456789": ae8b14860a799888), which AWS takes of every object. Sixteen bytes at a time, by
 * tables: each says what a byte does to the sum from so many bytes before its end. For one thread.
 */
final class Crc64Nvme implements Checksum {
  /** Reflected. */
  static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;

  private static final int SLICES = 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The table of {@code n} bytes before the end begins at {@code n * 256}. */
  private static final long[] TABLES = tables();

  private long sum = ~0L;

  private static long[] tables() {
    long[] tables = new long[SLICES * 256];
    for (int value = 0; value < 256; value++) {
      long rest = value;
      for (int bit = 0; bit < Byte.SIZE; bit++)
        rest = (rest & 1) != 0 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
      tables[value] = rest;
    }
    for (int i = 256; i < tables.length; i++) {
      long before = tables[i - 256];
      tables[i] = (before >>> Byte.SIZE) ^ tables[(int) before & 0xff];
    }
    return tables;
  }

  @Override
  public void update(int value) {
    sum = (sum >>> Byte.SIZE) ^ TABLES[(int) (sum ^ value) & 0xff];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    long now = sum;
    for (; end - at >= SLICES; at += SLICES)
      now = far((long) LONG.get(bytes, at) ^ now) ^ near((long) LONG.get(bytes, at + Long.BYTES));
    sum = now;
    for (; at < end; at++) update(bytes[at]);
  }

  /** Of eight bytes that have eight more behind them. */
  private static long far(long eight) {
    return TABLES[15 * 256 + (int) (eight & 0xff)]
        ^ TABLES[14 * 256 + (int) (eight >>> 8 & 0xff)]
        ^ TABLES[13 * 256 + (int) (eight >>> 16 & 0xff)]
        ^ TABLES[12 * 256 + (int) (eight >>> 24 & 0xff)]
        ^ TABLES[11 * 256 + (int) (eight >>> 32 & 0xff)]
        ^ TABLES[10 * 256 + (int) (eight >>> 40 & 0xff)]
        ^ TABLES[9 * 256 + (int) (eight >>> 48 & 0xff)]
        ^ TABLES[8 * 256 + (int) (eight >>> 56)];
  }

  private static long near(long eight) {
    return TABLES[7 * 256 + (int) (eight & 0xff)]
        ^ TABLES[6 * 256 + (int) (eight >>> 8 & 0xff)]
        ^ TABLES[5 * 256 + (int) (eight >>> 16 & 0xff)]
        ^ TABLES[4 * 256 + (int) (eight >>> 24 & 0xff)]
        ^ TABLES[3 * 256 + (int) (eight >>> 32 & 0xff)]
        ^ TABLES[2 * 256 + (int) (eight >>> 40 & 0xff)]
        ^ TABLES[256 + (int) (eight >>> 48 & 0xff)]
        ^ TABLES[(int) (eight >>> 56)];
  }

  @Override
  public long getValue() {
    return ~sum;
  }

  @Override
  public void reset() {
    sum = ~0L;
  }
}
