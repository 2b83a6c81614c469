package io.sluice.fs;

import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import java.time.Instant;

/** What the store said about one name. Kept by the hundred thousand, so there is little in it. */
sealed interface Finding {
  Finding DIRECTORY = new Directory();
  Finding ABSENT = new Absent();
  Finding DOUBTFUL = new Doubtful();

  /**
   * An object.
   *
   * @param modifiedSecond Last-Modified in seconds since the epoch: a LIST tells milliseconds where
   *     a HEAD of the same object tells seconds, and a time that flickers looks like a change
   */
  record File(String tag, long size, long modifiedSecond) implements Finding {
    static File of(ObjectMeta meta) {
      return new File(
          meta.version().tag(),
          meta.size(),
          Math.floorDiv(meta.lastModified().toEpochMilli(), 1000));
    }

    ObjectVersion version(String key) {
      return new ObjectVersion(key, tag, size);
    }

    Instant modified() {
      return Instant.ofEpochSecond(modifiedSecond);
    }
  }

  /** Something lies below it. */
  record Directory() implements Finding {}

  /** Nothing of that name, neither object nor prefix. */
  record Absent() implements Finding {}

  /** What was known turned out to be wrong; the next one who wants to know has to ask. */
  record Doubtful() implements Finding {}

  /** A finding and when the question was put, in the nanoseconds of {@link Freshness}. */
  record Known(Finding finding, long askedAt) {
    Known newer(Known other) {
      return other.askedAt > askedAt ? other : this;
    }
  }

  /** A name of a directory and what it is. */
  record Row(String name, Finding finding) {}
}
