package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Span.Urgency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  @ParameterizedTest
  @CsvSource({
    "16, 15, 0, anything",
    "16, 16, 0, what is waited for",
    "16, 19, 0, what is waited for",
    "16, 20, 0, nothing",
    "16, 18, 2, what is waited for",
    "16, 18, 3, anything",
    "16, 20, 9, nothing",
    "1, 0, 0, anything",
    "1, 1, 0, what is waited for",
    "1, 2, 1, nothing",
  })
  void aQuarterMoreIsForReadersThatWaitAndInPlaceOfRequestsThatEnd(
      int most, int running, int leaving, String startable) {
    var slots = new Slots(most, running, leaving);
    switch (startable) {
      case "anything" -> assertThat(slots.startable()).containsExactly(Urgency.values());
      case "nothing" -> assertThat(slots.startable()).isEmpty();
      default -> assertThat(slots.startable()).containsExactly(Urgency.DEMAND);
    }
    assertThat(slots.isFull()).isEqualTo(!startable.equals("anything"));
  }
}
