package io.sluice.store.transfer.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that stores keep, those first that are compared where there are several. */
public enum Algorithm {
  // Somebody has asked for one of these two; the others come by themselves.
  SHA256("SHA-256", 32),
  SHA1("SHA-1", 20),
  // Before MD5, because they can be combined: a file needs no second pass, a stream no core.
  CRC64NVME("CRC-64/NVME", Long.BYTES, Crc64Nvme.POLYNOMIAL),
  CRC32C("CRC-32C", Integer.BYTES, 0x82f63b78L),
  MD5("MD5", 16),
  CRC32("CRC-32", Integer.BYTES, 0xedb88320L);

  private final String title;
  private final int length;
  private final long polynomial;

  Algorithm(String title, int length) {
    this(title, length, 0);
  }

  Algorithm(String title, int length, long polynomial) {
    this.title = title;
    this.length = length;
    this.polynomial = polynomial;
  }

  /** As stores call it: {@code crc64nvme}. */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** As people call it. */
  public String title() {
    return title;
  }

  /** In bytes. */
  int length() {
    return length;
  }

  /** Whether the sums of pieces make the sum of the whole. */
  public boolean combines() {
    return polynomial != 0;
  }

  /** Begins one. */
  public Sum begin() {
    return switch (this) {
      case CRC32 -> cyclic(CRC32::new);
      case CRC32C -> cyclic(CRC32C::new);
      case CRC64NVME -> cyclic(Crc64Nvme::new);
      case SHA256, SHA1, MD5 -> digest(title);
    };
  }

  /**
   * The sum of one piece followed by another.
   *
   * @param secondLength in bytes
   * @throws IllegalStateException where these do not combine
   */
  public byte[] combine(byte[] first, byte[] second, long secondLength) {
    if (!combines()) throw new IllegalStateException(this + " of pieces");
    var field = new CyclicField(length * Byte.SIZE, polynomial);
    return bytes(field.combine(number(first), number(second), secondLength));
  }

  private Sum cyclic(Supplier<Checksum> kind) {
    Checksum checksum = kind.get();
    return new Sum() {
      @Override
      public void add(byte[] bytes, int offset, int length) {
        checksum.update(bytes, offset, length);
      }

      @Override
      public byte[] value() {
        return bytes(checksum.getValue());
      }
    };
  }

  private static Sum digest(String name) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has these", e);
    }
    return new Sum() {
      @Override
      public void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      public byte[] value() {
        return digest.digest();
      }
    };
  }

  private byte[] bytes(long number) {
    byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return java.util.Arrays.copyOfRange(eight, Long.BYTES - length, Long.BYTES);
  }

  private static long number(byte[] bytes) {
    return new java.math.BigInteger(1, bytes).longValue();
  }
}
