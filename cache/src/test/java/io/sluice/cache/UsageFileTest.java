package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class UsageFileTest {
  private static final int LIVING = 1;
  private static final int DEAD = 2;

  @TempDir Path root;

  /** Another process's. */
  private UsageFile other;

  private UsageFile usage;

  @BeforeEach
  void twoHaveReserved() throws Exception {
    other = UsageFile.create(root);
    usage = UsageFile.find(root).orElseThrow();
    assertThat(usage.open(LIVING).reserve(30, 1000)).isTrue();
    assertThat(other.open(DEAD).reserve(500, 1000)).isTrue();
  }

  private static boolean isAlive(int owner) {
    return owner == LIVING;
  }

  @Test
  void whatAllHaveReservedIsKnownToEach() {
    assertThat(usage.reserved()).isEqualTo(530).isEqualTo(usage.used());
  }

  @Test
  void aRecountLeavesOutWhatTheDeadHadReserved() throws Exception {
    assertThat(usage.correct(() -> 4000, UsageFileTest::isAlive))
        .isEqualTo(new UsageFile.Correction(true, false));
    assertThat(usage.used()).isEqualTo(4030);
    assertThat(usage.reserved()).isEqualTo(30);
    assertThat(usage.correct(() -> 4000, UsageFileTest::isAlive).wasRight()).isTrue();
  }

  @Test
  void aRecountThatFailsChangesNothing() {
    UsageFile.Count broken =
        () -> {
          throw new IOException("broken");
        };
    assertThatThrownBy(() -> usage.correct(broken, UsageFileTest::isAlive)).hasMessage("broken");
    assertThat(usage.used()).isEqualTo(530);
    assertThat(usage.reserved()).isEqualTo(530);
  }

  @Test
  void whoDiesDuringARecountMakesItBeDoneAgain() throws Exception {
    var died = new boolean[1];
    UsageFile.Count count =
        () -> {
          died[0] = true;
          return 4000;
        };
    assertThat(usage.correct(count, owner -> owner == LIVING || !died[0]).isQuiet()).isFalse();
    assertThat(usage.used()).isEqualTo(4530);
    assertThat(usage.correct(() -> 4000, UsageFileTest::isAlive).isQuiet()).isTrue();
    assertThat(usage.used()).isEqualTo(4030);
  }
}
