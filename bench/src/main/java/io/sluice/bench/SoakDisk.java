package io.sluice.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system that can be filled up by somebody else, and emptied again. */
final class SoakDisk implements AutoCloseable {
  private static final int STEP = 1 << 20;

  private final DataDirectory disk;

  SoakDisk(Scratch scratch, long bytes) throws IOException, InterruptedException {
    disk = DataDirectory.inMemory(scratch, bytes);
  }

  /** Where a mount keeps its blocks. */
  Path data() {
    return disk.path().resolve("data");
  }

  private Path filler() {
    return disk.path().resolve("filler");
  }

  /** Takes all that is free now; whoever writes next is told that the disk is full. */
  void fill() throws IOException {
    try (FileChannel file =
        FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(STEP);
      while (Files.getFileStore(disk.path()).getUsableSpace() > 0) {
        zeros.clear();
        file.write(zeros);
      }
    } catch (IOException e) {
      // It is full: that is what was wanted. Anything else shows as a disk that is not.
      if (Files.getFileStore(disk.path()).getUsableSpace() > STEP) throw e;
    }
  }

  void empty() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
