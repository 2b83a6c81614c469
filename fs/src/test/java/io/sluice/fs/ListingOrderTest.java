package io.sluice.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingOrderTest {
  private static final List<String> AWKWARD =
      List.of(
          "",
          "a",
          "a-",
          "a-1",
          "a.txt",
          "a0",
          "ab",
          "A",
          "é",
          "\uFFFD",
          "\uE000",
          "\uD83D\uDE00",
          "a\uD83D\uDE00",
          "a\uFFFD",
          "b",
          "-",
          "0");

  @Test
  void keysAreOrderedByTheBytesOfTheirUtf8() {
    for (String left : AWKWARD)
      for (String right : AWKWARD)
        assertThat(Integer.signum(ListingOrder.ofKeys(left, right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(byBytes(left, right)));
  }

  @Test
  void namesAreOrderedAsIfEachEndedWithASlash() {
    for (String left : AWKWARD)
      for (String right : AWKWARD)
        assertThat(Integer.signum(ListingOrder.ofNames(left, right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(byBytes(left + "/", right + "/")));
  }

  private static int byBytes(String left, String right) {
    Comparator<byte[]> unsigned = Arrays::compareUnsigned;
    return unsigned.compare(left.getBytes(UTF_8), right.getBytes(UTF_8));
  }
}
