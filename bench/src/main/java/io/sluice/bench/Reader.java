package io.sluice.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads files as a loader does, in a process of its own, and says how long that took: from before
 * open(2) until after the last byte, so that the start of the JVM is not in it.
 *
 * <p>{@code Reader PATTERN SEEDS FILE...}: all files at once, each by the threads of the pattern.
 * The seeds are the files' contents, to compare with, or {@code -}. It waits for as long as the
 * file system makes it wait; whoever started it sets the limit.
 */
final class Reader {
  private final Pattern pattern;
  private final Sink sink;

  private Reader(Pattern pattern, Sink sink) {
    this.pattern = pattern;
    this.sink = sink;
  }

  /** What one thread read. */
  private record Part(long bytes, List<Long> nanosOfReads) {}

  public static void main(String[] args) throws Exception {
    Pattern pattern = Pattern.valueOf(args[0]);
    List<Path> files = Arrays.stream(args).skip(2).map(Path::of).toList();
    // Classes are loaded and linked before the clock starts.
    run(pattern, List.of(Path.of("/proc/self/exe")), "-");
    System.out.println(run(pattern, files, args[1]).line());
  }

  private static ReadResult run(Pattern pattern, List<Path> files, String seeds)
      throws IOException, InterruptedException, ExecutionException {
    List<FileChannel> open = new ArrayList<>();
    List<Future<Part>> parts = new ArrayList<>();
    int threads = pattern.threads() * files.size();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      long start = System.nanoTime();
      for (Path file : files) open.add(FileChannel.open(file));
      for (int i = 0; i < files.size(); i++) {
        FileChannel channel = open.get(i);
        Sink sink = seeds.equals("-") ? Sink.NOTHING : Sink.check(content(seeds, i));
        Reader reader = new Reader(pattern, sink);
        for (int thread = 0; thread < pattern.threads(); thread++) {
          List<Long> offsets = pattern.offsets(channel.size(), thread);
          parts.add(pool.submit(() -> reader.read(channel, offsets)));
        }
      }
      long bytes = 0;
      List<Long> nanos = new ArrayList<>();
      for (Future<Part> part : parts) {
        bytes += part.get().bytes();
        nanos.addAll(part.get().nanosOfReads());
      }
      return ReadResult.of(System.nanoTime() - start, bytes, nanos);
    } finally {
      for (FileChannel channel : open) channel.close();
    }
  }

  private static Content content(String seeds, int file) {
    return new Content(Long.parseLong(Arrays.asList(seeds.split(",", -1)).get(file)));
  }

  private Part read(FileChannel channel, List<Long> offsets) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(Pattern.STEP);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped =
          pattern == Pattern.MMAP
              ? channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
              : MemorySegment.NULL;
      long bytes = 0;
      List<Long> nanos = new ArrayList<>(offsets.size());
      for (long offset : offsets) {
        long start = System.nanoTime();
        buffer.clear();
        buffer.limit((int) Math.min(pattern.readSize(), channel.size() - offset));
        if (pattern == Pattern.MMAP) {
          // A memcpy touches every byte at memory speed and leaves nothing to the compiler's mood.
          MemorySegment.copy(mapped, offset, MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
        } else {
          fill(channel, offset, buffer);
          buffer.flip();
        }
        nanos.add(System.nanoTime() - start);
        bytes += buffer.remaining();
        sink.take(buffer, offset);
      }
      return new Part(bytes, nanos);
    }
  }

  private void fill(FileChannel channel, long offset, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      long at = offset + buffer.position();
      int read = pattern == Pattern.SEQUENTIAL ? channel.read(buffer) : channel.read(buffer, at);
      if (read < 0) throw new IOException("the file ends at " + at + ", before its size");
    }
  }
}
