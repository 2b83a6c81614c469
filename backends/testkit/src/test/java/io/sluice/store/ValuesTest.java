package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of the store cannot be wrong. */
final class ValuesTest {
  @ParameterizedTest
  @CsvSource({"-1,3", "3,2", "-2,-1"})
  void whatIsNoRangeIsRefused(long start, long end) {
    assertThatThrownBy(() -> new ByteRange(start, end))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRangeShrinksFromItsStart() {
    ByteRange left = new ByteRange(10, 14).after(3);
    assertThat(left).isEqualTo(new ByteRange(13, 14));
    assertThat(left.after(1).isEmpty()).isTrue();
    assertThatThrownBy(() -> left.after(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVersionHasATagAndASize() {
    assertThatThrownBy(() -> new ObjectVersion("k", "", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObjectVersion("k", "t", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new ObjectVersion("k", "t", 7).all()).isEqualTo(new ByteRange(0, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1001})
  void aPageHoldsOneToAThousandKeys(int maxKeys) {
    assertThatThrownBy(() -> ListRequest.everything("").withMaxKeys(maxKeys))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyDelimiterIsRefused() {
    assertThatThrownBy(() -> new ListRequest("", Optional.of(""), Optional.empty(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWhatPassesIsRetryable() {
    assertThat(new StoreException.Throttled("", null).isRetryable()).isTrue();
    assertThat(new StoreException.Unavailable("", null).isRetryable()).isTrue();
    assertThat(new StoreException.NotFound("", null).isRetryable()).isFalse();
    assertThat(new StoreException.Changed("", null).isRetryable()).isFalse();
    assertThat(new StoreException.Denied("", null).isRetryable()).isFalse();
    assertThat(new StoreException.Invalid("", null).isRetryable()).isFalse();
  }
}
