package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A directory in which the bucket's keys can be read as files, and the process that serves it. */
interface View extends AutoCloseable {
  Path directory();

  /** From the start of the process until it said that it serves; 0 where there is no process. */
  long readyNanos();

  /** Of the process so far; {@link Usage#NONE} where there is none. */
  Usage usage() throws IOException;

  /** Takes it away, so that nothing stays mounted. */
  @Override
  void close();

  /** A mount with something beside it; whatever it is, it has to be ended with the mount. */
  interface OfMount extends View {
    Mount mount();

    @Override
    default Path directory() {
      return mount().directory();
    }

    @Override
    default long readyNanos() {
      return mount().readyNanos();
    }

    @Override
    default Usage usage() throws IOException {
      return mount().usage();
    }
  }

  /** How to come by one. */
  @FunctionalInterface
  interface Source {
    /** A new one; its data directory may hold what an earlier one left there. */
    View open(Wish wish) throws IOException, InterruptedException;
  }

  /**
   * What to open.
   *
   * @param name of the mount point; two of a name cannot be open at once
   * @param bucket to show
   * @param data where it may keep what it fetched
   * @param cacheBytes how much of that it may keep at most; 0 for as much as it likes
   */
  record Wish(String name, String bucket, Path data, long cacheBytes) {
    /** The bucket of models, with nothing special. */
    static Wish of(Path data) {
      return new Wish("mnt", Bucket.NAME, data, 0);
    }

    Wish named(String other) {
      return new Wish(other, bucket, data, cacheBytes);
    }

    Wish showing(String other) {
      return new Wish(name, other, data, cacheBytes);
    }

    Wish keeping(long most) {
      return new Wish(name, bucket, data, most);
    }
  }

  /** Several of one data directory: their costs are summed, their peak is that of the largest. */
  record Several(List<View> views) implements View {
    public Several {
      views = List.copyOf(views);
    }

    @Override
    public Path directory() {
      return views.getFirst().directory();
    }

    @Override
    public long readyNanos() {
      return views.stream().mapToLong(View::readyNanos).max().orElse(0);
    }

    @Override
    public Usage usage() throws IOException {
      Usage sum = Usage.NONE;
      for (View view : views) sum = sum.plus(view.usage());
      return sum;
    }

    @Override
    public void close() {
      views.forEach(View::close);
    }
  }

  /** A directory that is simply there, to try the harness itself. */
  static View of(Path directory) {
    return new View() {
      @Override
      public Path directory() {
        return directory;
      }

      @Override
      public long readyNanos() {
        return 0;
      }

      @Override
      public Usage usage() {
        return Usage.NONE;
      }

      @Override
      public void close() {
        // It was there before, and stays.
      }
    };
  }
}
