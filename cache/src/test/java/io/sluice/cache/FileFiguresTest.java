package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What is known of each file, for a bounded number of them. */
@NullMarked
class FileFiguresTest {
  private final CacheCounters all = new CacheCounters();
  private final FileFigures figures = new FileFigures(2, all);

  private void read(String key, long bytes) {
    FileCounters file = figures.opened(key);
    file.read(bytes, 5);
    figures.closed(file);
  }

  @Test
  void filesAreShownByWhatWasReadOfThem() {
    read("a", 1);
    read("b", 10);
    read("a", 2);
    assertThat(figures.top(9))
        .containsExactly(new FileFigure("b", 10, 0), new FileFigure("a", 3, 0));
    assertThat(figures.top(1)).containsExactly(new FileFigure("b", 10, 0));
  }

  @Test
  void whatIsCountedForOneIsCountedForAll() {
    FileCounters file = figures.opened("a");
    file.read(7, 100);
    file.waited(90);
    file.verified();
    file.damaged();
    file.bypassed(3);
    assertThat(figures.top(1)).containsExactly(new FileFigure("a", 7, 90));
    assertThat(all.snapshot(1, 2))
        .isEqualTo(new CacheStatistics(7, 0, 3, 0, 0, 1, 1, 1, 100, 1, 90, 1, 2));
  }

  @Test
  void thoseThatWereReadLeastAreForgotten() {
    read("a", 1);
    read("b", 10);
    read("c", 5);
    assertThat(figures.top(9)).extracting(FileFigure::key).containsExactly("b", "c");
  }

  @Test
  void whatIsOpenIsNotForgotten() {
    FileCounters first = figures.opened("a");
    FileCounters second = figures.opened("b");
    read("c", 5);
    first.read(1, 0);
    second.read(2, 0);
    assertThat(figures.top(9)).extracting(FileFigure::key).containsExactly("b", "a");
    assertThat(all.served.sum()).isEqualTo(8);
  }

  @Test
  void whatWasNotReadIsNotShown() {
    figures.opened("a");
    assertThat(figures.top(9)).isEmpty();
  }
}
