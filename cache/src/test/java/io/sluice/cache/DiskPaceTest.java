package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DiskPaceTest {
  private static final long BLOCK = 128 << 10;
  private long now = 1;
  private boolean shared;
  private final DiskPace disk = new DiskPace(() -> now, () -> shared);

  /** So many blocks, one after the other. */
  private void write(int blocks, double receivingMillis, double writingMillis) {
    write(blocks, receivingMillis, writingMillis, 0);
  }

  private void write(
      int blocks, double receivingMillis, double writingMillis, double delayedMillis) {
    for (int i = 0; i < blocks; i++) {
      long receiving = (long) (receivingMillis * 1e6);
      long writing = (long) (writingMillis * 1e6);
      now += receiving + writing;
      disk.wrote(BLOCK, receiving, writing, (long) (delayedMillis * 1e6));
    }
  }

  private void pass(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aDiskThatTakesWhatComesIsNotSlow() {
    write(2000, 1.6, 0.1);
    assertThat(disk.isSlow()).isFalse();
    assertThat(disk.mayWrite()).isTrue();
  }

  @Test
  void aDiskThatMakesWritersWaitIsSlow() {
    write(20, 1.6, 60);
    assertThat(disk.isSlow()).isTrue();
    assertThat(disk.mayWrite()).isFalse();
  }

  @Test
  void pausesNowAndThenAreEnoughIfTheyCostHalfOfTheTime() {
    for (int i = 0; i < 60; i++) {
      write(20, 1.6, 0.1);
      write(1, 1.6, 60);
    }
    assertThat(disk.isSlow()).isTrue();
  }

  @Test
  void oneLongStallMayBeAMachineThatStoodStill() {
    write(1, 1.6, 1900);
    write(2000, 1.6, 0.1);
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void soMayOneOfAllWritersAtTheSameTime() {
    writeTogether(5000);
    for (int i = 0; i < 20; i++) {
      for (int block = 0; block < 600; block++) writeTogether(0.1);
      writeTogether(80); // a commit of the journal
    }
    assertThat(disk.isSlow()).isFalse();
  }

  /** Each of twenty writers a block. */
  private void writeTogether(double writingMillis) {
    long writing = (long) (writingMillis * 1e6);
    now += 1_600_000 + writing;
    for (int writer = 0; writer < 20; writer++) disk.wrote(BLOCK, 1_600_000, writing, 0);
  }

  @Test
  void manyWritersThatStallAgainAndAgainAreASlowDisk() {
    for (int i = 0; i < 10; i++) writeTogether(80);
    assertThat(disk.isSlow()).isTrue();
  }

  @Test
  void longStallsOneAfterTheOtherAreASlowDisk() {
    write(2, 1.6, 1900);
    assertThat(disk.isSlow()).isFalse();
    write(1, 1.6, 1900);
    assertThat(disk.isSlow()).isTrue();
  }

  @Test
  void writersThatQueueForOneFileAreNotASlowDisk() {
    write(500, 1.6, 20);
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void aCommitOfTheJournalNowAndThenIsNotSlow() {
    for (int i = 0; i < 20; i++) {
      write(600, 1.6, 0.1);
      write(1, 1.6, 80);
    }
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void aMachineWithoutTimeForUsIsNotASlowDisk() {
    for (int i = 0; i < 500; i++) {
      write(1, 60, 0.1);
      write(1, 1.6, 60);
    }
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void writersThatWaitForAProcessorDoNotWaitForTheDisk() {
    write(200, 1.6, 60, 59);
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void norDoWritersThatWaitForWritersThatWaitForAProcessor() {
    for (int i = 0; i < 100; i++) {
      write(1, 1.6, 60, 58);
      write(1, 1.6, 60, 20);
    }
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void whoSharesTheDirectoryWaitsForItsDiskUnlessItStandsStill() {
    shared = true;
    write(200, 1.6, 60);
    assertThat(disk.isSlow()).isFalse();
    disk.becomeSlow();
    assertThat(disk.isSlow()).isTrue();
  }

  @Test
  void aSlowDiskIsWrittenToAgainWhereSomebodyElseComes() {
    write(100, 1.6, 60);
    shared = true;
    pass(5);
    assertThat(disk.mayWrite()).isTrue();
    assertThat(disk.mayWrite()).as("the next one").isTrue();
  }

  @Test
  void oneWriteThatDoesNotEndIsEnough() {
    disk.becomeSlow();
    assertThat(disk.isSlow()).isTrue();
  }

  @Test
  void afterAPauseOneRequestTriesThenMoreAndIfAllGoesWellTheDiskIsBack() {
    disk.becomeSlow();
    assertThat(disk.mayWrite()).isFalse();
    pass(5);
    assertThat(disk.mayWrite()).isTrue();
    assertThat(disk.mayWrite()).as("a second one at once").isFalse();
    write(1, 1.6, 0.1);
    assertThat(disk.mayWrite()).as("a second one when the first has written").isTrue();
    write(2046, 1.6, 0.1);
    assertThat(disk.isSlow()).isTrue();
    write(1, 1.6, 0.1);
    assertThat(disk.isSlow()).isFalse();
  }

  @Test
  void aTrialThatNeverWritesIsFollowedByAnotherOne() {
    disk.becomeSlow();
    pass(5);
    assertThat(disk.mayWrite()).isTrue();
    pass(5);
    assertThat(disk.mayWrite()).isTrue();
  }

  @Test
  void aTrialThatStallsIsFollowedByALongerPauseWhateverItsOtherRequestsMeet() {
    disk.becomeSlow();
    pass(5);
    assertThat(disk.mayWrite()).isTrue();
    write(10, 1.6, 0.1);
    write(5, 1.6, 60);
    pass(5);
    assertThat(disk.mayWrite()).as("after the first pause").isFalse();
    pass(4);
    assertThat(disk.mayWrite()).isTrue();
  }

  @Test
  void aRelapseIsFollowedByALongerPause() {
    disk.becomeSlow();
    pass(5);
    assertThat(disk.mayWrite()).isTrue();
    write(2048, 1.6, 0.1);
    assertThat(disk.isSlow()).isFalse();
    disk.becomeSlow();
    pass(5);
    assertThat(disk.mayWrite()).as("after the first pause").isFalse();
    pass(4);
    assertThat(disk.mayWrite()).isTrue();
  }
}
