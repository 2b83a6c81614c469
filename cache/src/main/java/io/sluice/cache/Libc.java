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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The few calls of libc that Java has none for. */
final class Libc {
  static final int READ_ONLY = 0;
  static final int READ_WRITE = 2;

  /** So that fusermount and other children do not inherit a descriptor, and our locks with it. */
  private static final int CLOSE_ON_EXEC = 0x80000;

  private static final int NO_SUCH_FILE = 2;
  private static final int INTERRUPTED = 4;
  private static final int WOULD_BLOCK = 11;

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

  private static final MethodHandle FLOCK =
      handle(
          "flock",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"));

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

  private Libc() {}

  /**
   * A descriptor of something that is there; the caller closes it.
   *
   * @throws NoSuchFileException where it is not
   */
  static int open(Path file, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int fd =
          (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), flags | CLOSE_ON_EXEC);
      if (fd >= 0) return fd;
      if (errno(state) == NO_SUCH_FILE) throw new NoSuchFileException(file.toString());
      throw failed("open", file, errno(state));
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  static void close(int fd) {
    try {
      int _ = (int) CLOSE.invokeExact(fd);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /**
   * flock(2) that does not wait.
   *
   * @return false where somebody else has a lock that this one does not go with
   */
  static boolean flock(int fd, int operation, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      while (true) {
        if ((int) FLOCK.invokeExact(state, fd, operation) == 0) return true;
        int errno = errno(state);
        if (errno == WOULD_BLOCK) return false;
        if (errno != INTERRUPTED) throw failed("flock", file, errno);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /** fallocate(2) with a mode. */
  static void fallocate(int fd, int mode, long offset, long length, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      if ((int) FALLOCATE.invokeExact(state, fd, mode, offset, length) != 0)
        throw failed("fallocate", file, errno(state));
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IOException failed(String call, Path file, int errno) {
    return new IOException(call + " of " + file + ": errno " + errno);
  }

  /** A method handle declares Throwable; a system call throws none. */
  private static IllegalStateException undeclared(Throwable e) {
    return new IllegalStateException(e);
  }

  @SuppressWarnings("restricted") // four calls of libc; the launcher enables native access
  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }
}
