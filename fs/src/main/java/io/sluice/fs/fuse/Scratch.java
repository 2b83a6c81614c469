package io.sluice.fs.fuse;

import io.sluice.fs.Attributes;
import io.sluice.fs.Usage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/**
 * Where one loop thread puts its answers together, in memory that libfuse can read; one request at
 * a time. The layouts are jnr-fuse's, which knows them for each architecture.
 */
final class Scratch implements AutoCloseable {
  /** struct fuse_entry_param: inode, generation, attributes, two timeouts. */
  private static final long ENTRY_INODE = 0;

  private static final long ENTRY_GENERATION = 8;
  private static final long ENTRY_STAT = 16;

  /** The kernel asks for no more at once over libfuse 2; a larger request gets a larger buffer. */
  private static final int USUAL_REQUEST = 128 * 1024;

  private static final int PAGE = 4096;

  /** In what st_blocks counts, whatever st_blksize says. */
  private static final int SECTOR = 512;

  /** What {@code cat} and {@code cp} take for one read: a few requests of the kernel at once. */
  private static final int PREFERRED_READ = 1 << 20;

  private final Arena arena = Arena.ofConfined();
  private final FileStat stat = new FileStat(Runtime.getSystemRuntime());
  private final Statvfs statvfs = new Statvfs(Runtime.getSystemRuntime());
  private final MemorySegment entry = arena.allocate(ENTRY_STAT + Struct.size(stat) + 16, 8);
  private final MemorySegment usage = arena.allocate(Struct.size(statvfs), 8);
  private MemorySegment buffer = MemorySegment.NULL;

  Scratch() {
    stat.useMemory(pointer(entry.address() + ENTRY_STAT, Struct.size(stat)));
    statvfs.useMemory(pointer(usage.address(), Struct.size(statvfs)));
  }

  private static Pointer pointer(long address, long size) {
    return Pointer.wrap(Runtime.getSystemRuntime(), address, size);
  }

  /** At least {@code size} bytes, with whatever was in them. */
  MemorySegment buffer(long size) {
    if (buffer.byteSize() < size) buffer = arena.allocate(Math.max(size, USUAL_REQUEST), PAGE);
    return buffer;
  }

  /** The address of a struct stat of these. */
  long stat(Attributes attributes) {
    entry.fill((byte) 0);
    stat.st_ino.set(attributes.inode());
    stat.st_mode.set(
        (attributes.isDirectory() ? FileStat.S_IFDIR : FileStat.S_IFREG) | attributes.mode());
    stat.st_nlink.set(attributes.isDirectory() ? 2 : 1);
    stat.st_uid.set(attributes.uid());
    stat.st_gid.set(attributes.gid());
    stat.st_size.set(attributes.size());
    stat.st_blksize.set(PREFERRED_READ);
    stat.st_blocks.set(Math.ceilDiv(attributes.size(), SECTOR));
    set(stat.st_atim, attributes.modified());
    set(stat.st_mtim, attributes.modified());
    set(stat.st_ctim, attributes.modified());
    return entry.address() + ENTRY_STAT;
  }

  private static void set(Timespec time, Instant instant) {
    time.tv_sec.set(instant.getEpochSecond());
    time.tv_nsec.set(instant.getNano());
  }

  /** The address of a struct fuse_entry_param; timeouts in seconds. */
  long entry(Attributes attributes, double attributesHold, double nameHolds) {
    stat(attributes);
    entry.set(ValueLayout.JAVA_LONG, ENTRY_INODE, attributes.inode());
    // Never another one: an inode number stands for one path and version for good.
    entry.set(ValueLayout.JAVA_LONG, ENTRY_GENERATION, 1);
    entry.set(ValueLayout.JAVA_DOUBLE, entry.byteSize() - 16, attributesHold);
    entry.set(ValueLayout.JAVA_DOUBLE, entry.byteSize() - 8, nameHolds);
    return entry.address();
  }

  /** The address of a struct statvfs. */
  long statvfs(Usage of) {
    usage.fill((byte) 0);
    statvfs.f_bsize.set(of.blockSize());
    statvfs.f_frsize.set(of.blockSize());
    statvfs.f_blocks.set(of.blocks());
    statvfs.f_bfree.set(of.freeBlocks());
    statvfs.f_bavail.set(of.freeBlocks());
    statvfs.f_files.set(of.files());
    statvfs.f_ffree.set(of.files());
    statvfs.f_namemax.set(of.maxName());
    return usage.address();
  }

  @Override
  public void close() {
    arena.close();
  }
}
