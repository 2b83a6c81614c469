package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void whatAllFailedOfIsTheCode() {
    assertThat(tally.code()).isEqualTo(ExitCode.OK);
    tally.failed(ExitCode.BUCKET);
    tally.failed(ExitCode.BUCKET);
    assertThat(tally.code()).isEqualTo(ExitCode.BUCKET);
    tally.failed(ExitCode.LOCAL);
    assertThat(tally.code()).isEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void whereSomeIsDoneNotAllOfItIs() {
    tally.done(10);
    tally.failed(ExitCode.CHANGED);
    assertThat(tally.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(tally.bytes()).isEqualTo(10);
  }
}
