package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a C library writes to standard error, kept rather than shown: libfuse and fusermount give
 * their reasons nowhere else, and our own message is to be the only line. For a few milliseconds;
 * what others write to standard error meanwhile is kept as well.
 */
final class NativeStderr implements AutoCloseable {
  private static final int STDERR = 2;
  private static final int ROOM = 4096;

  /** There is one standard error. Held for the length of a mount(2). */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final int original;
  private final int reader;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  private NativeStderr(int original, int reader) {
    this.original = original;
    this.reader = reader;
  }

  static NativeStderr capture() {
    ONE_AT_A_TIME.lock();
    int[] ends = {-1, -1};
    // Non-blocking: with auto_unmount, fusermount lives on and keeps the writing end open.
    if (Libc.C.pipe2(ends, Libc.O_NONBLOCK | Libc.O_CLOEXEC) != 0) return new NativeStderr(-1, -1);
    int original = Libc.C.dup(STDERR);
    if (original >= 0) Libc.C.dup2(ends[1], STDERR);
    Libc.C.close(ends[1]);
    return new NativeStderr(original, ends[0]);
  }

  /** What has been written so far, on one line. */
  String text() {
    byte[] part = new byte[ROOM];
    for (long count; reader >= 0 && (count = Libc.C.read(reader, part, ROOM)) > 0; )
      kept.write(part, 0, (int) count);
    return String.join("; ", kept.toString(UTF_8).strip().split("\\s*\n\\s*"));
  }

  @Override
  public void close() {
    if (original >= 0) {
      Libc.C.dup2(original, STDERR);
      Libc.C.close(original);
    }
    if (reader >= 0) Libc.C.close(reader);
    ONE_AT_A_TIME.unlock();
  }
}
