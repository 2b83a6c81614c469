package io.sluice.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody waits for it, or a test says so. */
final class FakeWaiting implements Retry.Waiting {
  private final List<Duration> pauses = new ArrayList<>();
  private long now;

  @Override
  public long now() {
    return now;
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    pass(duration);
  }

  void pass(Duration duration) {
    now += duration.toNanos();
  }

  List<Duration> pauses() {
    return pauses;
  }
}
