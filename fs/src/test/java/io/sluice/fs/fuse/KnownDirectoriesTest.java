package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.fuse.KnownDirectories.Step;
import org.junit.jupiter.api.Test;

class KnownDirectoriesTest {
  private static final long ROOT = BucketFileSystem.ROOT;

  private final KnownDirectories directories = new KnownDirectories();

  @Test
  void theWayLeadsDownFromTheRoot() {
    directories.learned(10, ROOT, "a");
    directories.learned(20, 10, "b");
    assertThat(directories.wayTo(20).orElseThrow())
        .containsExactly(new Step(ROOT, "a"), new Step(10, "b"));
    assertThat(directories.wayTo(ROOT).orElseThrow()).isEmpty();
  }

  @Test
  void whatTheKernelWasNeverToldAboutHasNoWay() {
    assertThat(directories.wayTo(99)).isEmpty();
    directories.learned(20, 10, "b");
    assertThat(directories.wayTo(20)).isEmpty();
  }

  @Test
  void itIsForgottenWhenTheKernelHasTakenBackAllItLearned() {
    directories.learned(10, ROOT, "a");
    directories.learned(10, ROOT, "a");
    directories.learned(10, ROOT, "a");
    directories.forget(10, 2);
    assertThat(directories.wayTo(10)).isPresent();
    directories.forget(10, 1);
    assertThat(directories.wayTo(10)).isEmpty();
    assertThat(directories.size()).isZero();
  }

  @Test
  void forgettingAFileIsNothing() {
    directories.forget(10, 1);
    assertThat(directories.size()).isZero();
  }

  @Test
  void aWayThatGoesRoundHasAnEnd() {
    directories.learned(10, 20, "a");
    directories.learned(20, 10, "b");
    assertThat(directories.wayTo(10)).isEmpty();
  }
}
