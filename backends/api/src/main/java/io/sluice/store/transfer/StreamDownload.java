package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object in order: many threads fetch ranges into a {@link Window}, the caller's writes them.
 */
final class StreamDownload {
  private static final int CHUNK = 1 << 19;

  private final ObjectStore store;
  private final Download.Limits limits;
  private final Expecting expecting;
  private final Progress progress;

  StreamDownload(
      ObjectStore store, Download.Limits limits, Expecting expecting, Progress progress) {
    this.store = store;
    this.limits = limits;
    this.expecting = expecting;
    this.progress = progress;
  }

  ObjectVersion fetch(String key, Output out) throws IOException {
    ObjectDetails object = store.describe(key);
    ObjectVersion version = object.meta().version();
    Ranges ranges = Ranges.staggered(version, limits.rangeSize(), limits.requests());
    var window = new Window(ranges, limits.slots(), Math.min(CHUNK, limits.rangeSize()));
    Crew.Work work = () -> fetchAll(version, window);
    int threads = Math.min(limits.requests(), ranges.number());
    try (var sum = new SumBehind(expecting.of(object));
        Crew crew = Crew.start("download", threads, work, window::giveUp)) {
      for (var piece = window.next(); piece.isPresent(); piece = window.next()) {
        Window.Piece bytes = piece.get();
        sum.begin(bytes);
        out.write(bytes.array, bytes.from, bytes.length);
        sum.await();
        progress.add(bytes.length);
        window.written(bytes.length);
      }
      crew.join();
      sum.require(key);
    } catch (InterruptedException e) {
      throw Crew.interrupted(key + " is not complete");
    }
    return version;
  }

  private void fetchAll(ObjectVersion version, Window window)
      throws IOException, InterruptedException {
    for (var next = window.take(); next.isPresent(); next = window.take()) {
      Window.Slot slot = next.get();
      ByteRange range = slot.range();
      try (InputStream body = store.open(version, range)) {
        while (!range.isEmpty()) {
          Crew.requireUninterrupted();
          Window.Piece room = window.room(slot);
          int count = body.read(room.array, room.from, room.length);
          if (count < 0) throw Ranges.endedEarly(version, range.length());
          window.filled(slot, count);
          range = range.after(count);
        }
      }
    }
  }
}
