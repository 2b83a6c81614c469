package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How files are cut into parts, and which cuts no store takes. */
final class UploadPlanTest {
  private static final long MIB = 1L << 20;
  private static final long TIB = 1L << 40;

  private static UploadPlan usual(long size) {
    return UploadPlan.of(size, OptionalLong.empty());
  }

  private static UploadPlan given(long size, long partSize) {
    return UploadPlan.of(size, OptionalLong.of(partSize));
  }

  @Test
  void partsFollowEachOtherAndTheLastIsShorter() {
    var plan = new UploadPlan(10, 4);
    assertThat(plan.parts()).isEqualTo(3);
    assertThat(plan.range(1)).isEqualTo(new ByteRange(0, 4));
    assertThat(plan.range(3)).isEqualTo(new ByteRange(8, 10));
    assertThatThrownBy(() -> plan.range(4)).hasMessageContaining("part 4 of 3");
    assertThatThrownBy(() -> plan.range(0)).hasMessageContaining("part 0");
  }

  @Test
  void whatFitsIntoOnePartNeedsNone() {
    assertThat(usual(0).isSingle()).isTrue();
    assertThat(usual(0).parts()).isZero();
    assertThat(usual(16 * MIB).isSingle()).isTrue();
    assertThat(usual(16 * MIB + 1).isSingle()).isFalse();
  }

  @Test
  void tenThousandPartsAreEnoughForTheLargestObject() {
    assertThat(usual(16 * MIB * 10_000).partSize()).isEqualTo(16 * MIB);
    assertThat(usual(16 * MIB * 10_000 + 1).partSize()).isEqualTo(17 * MIB);
    assertThat(usual(5 * TIB).partSize()).isEqualTo(525 * MIB);
    assertThat(usual(5 * TIB).parts()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void moreThanFiveTebibytesIsNoObject() {
    assertThatThrownBy(() -> usual(5 * TIB + 1)).hasMessageContaining("5 TiB");
    assertThatThrownBy(() -> given(5 * TIB + 1, 1024 * MIB)).hasMessageContaining("5 TiB");
  }

  @Test
  void aPartSizeThatIsGivenHoldsWhereAStoreTakesIt() {
    assertThat(given(5 * TIB, 5L << 30).parts()).isEqualTo(1024);
    assertThat(given(100 * MIB, 5 * MIB).parts()).isEqualTo(20);
    assertThatThrownBy(() -> given(100 * MIB, 5 * MIB - 1)).hasMessageContaining("5 MiB to 5 GiB");
    assertThatThrownBy(() -> given(100 * MIB, (5L << 30) + 1))
        .hasMessageContaining("5 MiB to 5 GiB");
  }

  @Test
  void aPartSizeThatWouldTakeTooManyPartsIsRefusedWithOneThatDoes() {
    assertThat(given(50_000 * MIB, 5 * MIB).parts()).isEqualTo(10_000);
    assertThatThrownBy(() -> given(50_000 * MIB + 1, 5 * MIB))
        .hasMessageContaining("10001")
        .hasMessageContaining("at most 10000")
        .hasMessageContaining(Long.toString(16 * MIB));
  }
}
