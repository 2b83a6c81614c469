package io.sluice.upload;

import io.sluice.store.Retry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody waits for it. */
final class FakeWaiting implements Retry.Waiting {
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong();

  @Override
  public long now() {
    return now.get();
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    now.addAndGet(duration.toNanos());
  }

  List<Duration> pauses() {
    return pauses;
  }
}
