package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** Memory at an address that libfuse gave us for the length of one call. */
final class NativeMemory {
  /** The kernel sends no longer names. */
  private static final long LONGEST_NAME = 1024;

  private NativeMemory() {}

  /** {@code size} bytes there; the caller answers for both. */
  @SuppressWarnings("restricted") // the addresses are arguments of our own callbacks
  static MemorySegment at(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  /** A name as the kernel passes it; absent where it is not UTF-8, as no key then has it. */
  static Optional<String> name(long address) {
    MemorySegment memory = at(address, LONGEST_NAME + 1);
    int length = 0;
    while (length < LONGEST_NAME && memory.get(ValueLayout.JAVA_BYTE, length) != 0) length++;
    ByteBuffer bytes = memory.asSlice(0, length).asByteBuffer();
    try {
      // A decoder of its own, as the convenient ones replace what they cannot read.
      return Optional.of(
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
