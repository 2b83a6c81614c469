package io.sluice.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/** Gives the disk space of a part of a file back: fallocate(2), which Java has no call for. */
final class HolePunch {
  private static final int O_RDWR = 2;
  private static final int KEEP_SIZE_AND_PUNCH_HOLE = 1 | 2;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));

  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final MethodHandle FALLOCATE =
      handle(
          "fallocate",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private HolePunch() {}

  /**
   * Afterwards the range reads as zeros and takes no space; the file keeps its length.
   *
   * @throws IOException where the file system cannot do that (EOPNOTSUPP) or failed
   */
  static void punch(Path file, long offset, long length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), O_RDWR);
      if (fd < 0) throw failed("open", file, state);
      try {
        int result =
            (int) FALLOCATE.invokeExact(state, fd, KEEP_SIZE_AND_PUNCH_HOLE, offset, length);
        if (result != 0) throw failed("fallocate", file, state);
      } finally {
        int _ = (int) CLOSE.invokeExact(fd);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a method handle declares it; a system call has none
    }
  }

  private static IOException failed(String call, Path file, MemorySegment state) {
    return new IOException(call + " of " + file + ": errno " + (int) ERRNO.get(state, 0L));
  }

  @SuppressWarnings("restricted") // three calls of libc; the launcher enables native access
  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }
}
