package io.sluice.launcher.objects;

import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.PartSizes;
import io.sluice.store.transfer.Upload;
import org.jspecify.annotations.Nullable;

/** How much of a stream is on its way at once, and what that takes of memory; pure. */
final class StreamLimits {
  private static final long MIB = 1L << 20;
  private static final long SMALLEST_RANGE = 64L << 10;
  private static final long LARGEST_RANGE = 1L << 30;

  /** Of a get, where nobody says how large its ranges are: what eight of 32 MiB may take. */
  private static final long USUAL_WINDOW = 256 * MIB;

  /** Of a put, where nobody says what it may take: eight parts of 16 MiB; s3gof3r takes 250 MB. */
  private static final long USUAL_PARTS = 128 * MIB;

  /** Beside the bytes of a stream: classes, connections, and room to collect garbage in. */
  private static final long REST = 150 * MIB;

  private StreamLimits() {}

  private static void requireRoom(String option, long bytes, long heap) throws Failure {
    if (bytes <= heap - REST) return;
    long gibibytes = Math.ceilDiv(bytes + REST, 1L << 30);
    throw Failure.usage(
        "%s takes %s of memory, more than this JVM may have: give less, or SLUICE_JAVA_OPTS=-Xmx%dg"
            .formatted(option, new ByteSize(bytes), gibibytes));
  }

  /**
   * Of a get.
   *
   * @param heap in bytes, of this JVM: what a stream takes has to fit
   */
  static Download.Limits ofGet(int concurrency, @Nullable ByteSize rangeSize, long heap)
      throws Failure {
    long size =
        rangeSize == null
            ? Math.min(Download.Limits.USUAL.rangeSize(), USUAL_WINDOW / concurrency)
            : rangeSize.bytes();
    if (size < SMALLEST_RANGE || size > LARGEST_RANGE)
      throw Failure.usage("--range-size %s: give 64K to 1G".formatted(new ByteSize(size)));
    var limits = new Download.Limits(concurrency, (int) size);
    if (rangeSize != null) requireRoom("--range-size " + rangeSize, limits.streamMemory(), heap);
    return limits;
  }

  /**
   * Where the size of parts begins, in bytes and whole MiB. As s3gof3r has it, less than what
   * stores take becomes what they take.
   *
   * @param asked absent where nobody says
   */
  static long partSize(@Nullable ByteSize asked) throws Failure {
    if (asked == null) return PartSizes.USUAL.base();
    long size = Math.ceilDiv(Math.max(asked.bytes(), PartSizes.SMALLEST), MIB) * MIB;
    if (size <= PartSizes.USUAL.largest()) return size;
    throw Failure.usage("--part-size %s: give 5M to 1G".formatted(asked));
  }

  /**
   * Of a put: parts begin with a size in whole MiB, and grow as far as memory allows.
   *
   * @param memory absent where it is what the parts that are in flight take: then parts outgrow it
   *     in the end, one at a time, so that every stream fits that an object holds
   * @param heap in bytes, of this JVM
   */
  static Upload.Limits ofPut(
      int concurrency, @Nullable ByteSize partSize, @Nullable ByteSize memory, long heap)
      throws Failure {
    long base = partSize(partSize);
    // One more than is on its way, so that the next is read meanwhile.
    long wanted = Math.min((concurrency + 1) * base, Math.max(USUAL_PARTS, 2 * base));
    long room = memory == null ? wanted : memory.bytes() / MIB * MIB;
    if (room < base)
      throw Failure.usage(
          "--memory %s does not hold one part of %s: give more, or a smaller --part-size"
              .formatted(memory, new ByteSize(base)));
    if (memory != null) requireRoom("--memory " + memory, room, heap);
    else if (partSize != null) requireRoom("--part-size " + partSize, room, heap);
    return new Upload.Limits(
        concurrency,
        new PartSizes(
            base, Math.min(PartSizes.USUAL.largest(), memory == null ? Long.MAX_VALUE : room)),
        room,
        Upload.Limits.USUAL.singleBelow());
  }
}
