package io.sluice.launcher.cli;

import java.util.OptionalLong;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with bytes, speed and the time that is left, drawn when it is told to. For one thread. */
final class TransferBar implements AutoCloseable {
  /** The width of a terminal that nobody made smaller; asking for it takes a native library. */
  private static final int WIDTH = 71;

  private final String task;
  private final Consumer<String> place;

  /** Made when it is first shown: most often it never is. */
  private @Nullable ProgressBar bar;

  private boolean isClosing;

  /**
   * Nothing is drawn yet.
   *
   * @param place where it goes
   */
  TransferBar(String task, Consumer<String> place) {
    this.task = task;
    this.place = place;
  }

  void show(long bytes, OptionalLong total) {
    ProgressBar shown = bar;
    if (shown == null) bar = shown = drawn();
    shown.maxHint(total.orElse(-1)); // unknown, to it
    shown.stepTo(Math.max(0, bytes));
    shown.refresh();
  }

  private ProgressBar drawn() {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(-1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit(" MB", 1_000_000)
        .showSpeed()
        .setUpdateIntervalMillis(Integer.MAX_VALUE) // whoever has it says when
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
        .build();
  }

  private void draw(String text) {
    if (!isClosing) place.accept(text);
  }

  @Override
  public void close() {
    isClosing = true;
    if (bar != null) bar.close();
  }
}
