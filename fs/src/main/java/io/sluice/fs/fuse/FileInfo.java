package io.sluice.fs.fuse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * libfuse's {@code struct fuse_file_info}, at the places where C has its fields. (The structure of
 * the same name in jnr-fuse takes the bit fields for bytes.)
 */
record FileInfo(MemorySegment memory) {
  private static final long SIZE = 40;
  private static final long FLAGS = 0;
  private static final long BITS = 20;
  private static final long HANDLE = 24;

  private static final int DIRECT_IO = 1;
  private static final int KEEP_CACHE = 2;

  /** O_WRONLY and O_RDWR; O_RDONLY is 0. */
  private static final int ACCESS_MODE = 3;

  private static final int O_TRUNC = 01000;

  static FileInfo at(long address) {
    return new FileInfo(NativeMemory.at(address, SIZE));
  }

  /** Opened for more than reading. */
  boolean wantsToWrite() {
    return (memory.get(ValueLayout.JAVA_INT, FLAGS) & (ACCESS_MODE | O_TRUNC)) != 0;
  }

  long handle() {
    return memory.get(ValueLayout.JAVA_LONG, HANDLE);
  }

  void setHandle(long handle) {
    memory.set(ValueLayout.JAVA_LONG, HANDLE, handle);
  }

  void bypassPageCache() {
    set(DIRECT_IO);
  }

  /** What the kernel holds of this inode is still right. */
  void keepPageCache() {
    set(KEEP_CACHE);
  }

  long address() {
    return memory.address();
  }

  private void set(int bit) {
    int bits = memory.get(ValueLayout.JAVA_INT, BITS);
    memory.set(ValueLayout.JAVA_INT, BITS, bits | bit);
  }
}
