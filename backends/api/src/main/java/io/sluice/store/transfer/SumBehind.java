package io.sluice.store.transfer;

import io.sluice.store.transfer.checksum.Expected;
import io.sluice.store.transfer.checksum.Sum;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes the checksum of a stream beside its writing: a piece is summed by a thread of its own while
 * the caller writes it, so the slower of both sets the pace, not their sum.
 */
final class SumBehind implements AutoCloseable {
  private final Optional<Expected> expected;
  private final @Nullable Sum sum;
  private final SynchronousQueue<Window.Piece> given = new SynchronousQueue<>();
  private final SynchronousQueue<Window.Piece> summed = new SynchronousQueue<>();
  private final @Nullable Thread thread;
  private volatile @Nullable Throwable failure;

  SumBehind(Optional<Expected> expected) {
    this.expected = expected;
    this.sum = expected.map(Expected::begin).orElse(null);
    this.thread =
        sum == null ? null : Thread.ofPlatform().daemon().name("checksum").start(() -> addAll(sum));
  }

  private void addAll(Sum to) {
    try {
      while (true) {
        Window.Piece piece = given.take();
        try {
          to.add(piece.array, piece.from, piece.length);
        } catch (Throwable e) { // whoever waits is told, whatever it is
          failure = e;
        }
        summed.put(piece);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    }
  }

  /** Begins with the next bytes, which must not change before {@link #await}. */
  void begin(Window.Piece piece) throws InterruptedException {
    if (sum != null) given.put(piece);
  }

  /** Returns when they are summed. */
  void await() throws InterruptedException {
    if (sum == null) return;
    Window.Piece _ = summed.take();
    Throwable reason = failure;
    if (reason != null) throw new IllegalStateException("the checksum cannot be taken", reason);
  }

  /**
   * After all bytes.
   *
   * @throws WrongBytesException where it is not what was expected
   */
  void require(String key) throws WrongBytesException {
    if (sum != null && expected.isPresent())
      WrongBytesException.require(key, expected.get(), sum.value());
  }

  @Override
  public void close() {
    if (thread != null) thread.interrupt();
  }
}
