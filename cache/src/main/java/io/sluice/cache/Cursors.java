package io.sluice.cache;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the readers of one file are. They belong to the file, not to a handle: loaders share one
 * descriptor between threads, or open the file once per rank.
 *
 * <p>Example, reads of 128 KiB (here in blocks): 0, 1, 3, 2 is one cursor at 4; a read at 800
 * starts a second one; 4 moves the first again.
 *
 * @param list most recently moved first, at most {@link #MOST}
 * @param read how many bytes were read by whichever cursor, from the start or where one had been:
 *     lookups at random places are none of them
 */
record Cursors(List<Cursor> list, long read) {
  static final int MOST = 64;
  static final Cursors NONE = new Cursors(List.of(), 0);

  Cursors {
    list = List.copyOf(list);
  }

  /**
   * The cursors after a read of {@code start} to {@code end}: the nearest one that may have made it
   * moves, or a new one starts and the longest idle one makes room for it.
   *
   * @param mostAhead the widest window, in bytes
   */
  Cursors after(long start, long end, long mostAhead) {
    int mover = nearest(start, end, mostAhead);
    var moved = new ArrayList<Cursor>(list.size() + 1);
    moved.add(mover < 0 ? Cursor.startedBy(start, end) : list.get(mover).after(start, end));
    for (int i = 0; i < list.size() && moved.size() < MOST; i++)
      if (i != mover && !isOvertaken(list.get(i), moved.getFirst())) moved.add(list.get(i));
    boolean isJump = mover < 0 && start > 0; // it says nothing about what will be read after it
    return new Cursors(moved, isJump ? read : read + (end - start));
  }

  private int nearest(long start, long end, long mostAhead) {
    int best = -1;
    long bestDistance = Long.MAX_VALUE;
    for (int i = 0; i < list.size(); i++) {
      Cursor cursor = list.get(i);
      long distance = Math.abs(start - cursor.position());
      if (distance < bestDistance && cursor.isNear(start, end, mostAhead)) {
        best = i;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Whether one of them has read in order for so long that it will go on to the end. */
  boolean hasLongRun() {
    for (Cursor cursor : list) if (cursor.run() >= ReadAhead.STREAM_SHOWS_AFTER) return true;
    return false;
  }

  /** Two at one place fetch the same: the one that moved last stands for both. */
  private static boolean isOvertaken(Cursor other, Cursor mover) {
    return other.position() == mover.position();
  }
}
