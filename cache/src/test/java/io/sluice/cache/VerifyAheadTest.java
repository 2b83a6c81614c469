package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(180)
class VerifyAheadTest {
  /** Four pieces of two blocks each, the last one of one. */
  private static final BlockLayout LAYOUT = new BlockLayout((7L << 19) - 1, 1 << 19);

  /** So that a test which waits for it in vain does not end. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final List<String> verified = new ArrayList<>();
  private final ArrayDeque<Runnable> turns = new ArrayDeque<>();

  private VerifyAhead ahead(int parallelism) {
    return new VerifyAhead(
        LAYOUT, (first, end) -> verified.add(first + "-" + end), turns::add, parallelism, FOR_EVER);
  }

  private void takeTurns() {
    while (!turns.isEmpty()) turns.remove().run();
  }

  @Test
  void withoutAReaderNothingIsVerified() {
    ahead(2).close();
    assertThat(turns).isEmpty();
  }

  @Test
  void theReaderIsFollowedFirstAndThenTheRest() {
    ahead(1).readerAt(4);
    takeTurns();
    assertThat(verified).containsExactly("4-6", "6-7", "0-2", "2-4");
  }

  @Test
  void whereTheReaderWentIsVerifiedNext() {
    VerifyAhead ahead = ahead(1);
    ahead.readerAt(0);
    turns.remove().run();
    ahead.readerAt(6);
    takeTurns();
    assertThat(verified).containsExactly("0-2", "6-7", "2-4", "4-6");
  }

  @Test
  void noMoreTurnsAreTakenAtOnceThanAllowed() {
    ahead(3).readerAt(0);
    assertThat(turns).hasSize(3);
    turns.remove().run();
    assertThat(turns).hasSize(3);
  }

  @Test
  void everythingIsVerifiedOnce() {
    VerifyAhead ahead = ahead(3);
    ahead.readerAt(0);
    takeTurns();
    ahead.readerAt(0);
    assertThat(turns).isEmpty();
    assertThat(verified).hasSize(4);
  }

  @Test
  void whatIsClosedVerifiesNothingMore() throws Exception {
    var inWork = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var ahead =
        new VerifyAhead(
            LAYOUT,
            (first, end) -> {
              verified.add(first + "-" + end);
              inWork.countDown();
              goOn.countDown();
            },
            work -> Thread.ofVirtual().start(work),
            1,
            FOR_EVER);
    ahead.readerAt(0);
    inWork.await();
    ahead.close();
    int before = verified.size();
    ahead.readerAt(0);
    assertThat(verified).hasSize(before);
  }

  @Test
  void whatIsClosedDoesNotWaitForTurnsThatHaveNotBegun() {
    VerifyAhead ahead = ahead(2);
    ahead.readerAt(0);
    ahead.close();
    takeTurns();
    assertThat(verified).isEmpty();
  }

  @Test
  void whereThereAreNoThreadsReadersVerifyThemselves() {
    var ahead =
        new VerifyAhead(
            LAYOUT,
            (_, _) -> {},
            _ -> {
              throw new RejectedExecutionException();
            },
            2,
            FOR_EVER);
    ahead.readerAt(0);
    ahead.close();
    assertThat(verified).isEmpty();
  }
}
