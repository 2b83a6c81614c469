package io.sluice.store.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy's URL, and for whom it is left out. */
final class ProxyTest {
  @ParameterizedTest
  @CsvSource({
    "http://proxy.test:3128, http://proxy.test:3128",
    "http://proxy.test, http://proxy.test:80",
    "https://proxy.test, https://proxy.test:443",
    "proxy.test:3128, http://proxy.test:3128",
    "http://ada:secret@proxy.test:3128/, http://proxy.test:3128",
  })
  void aProxyIsAnAddress(String url, String address) {
    assertThat(Proxy.of(url, List.of()).address()).hasToString(address);
  }

  @Test
  void aLoginIsReadAndNotShown() {
    Proxy proxy = Proxy.of("http://ada:se%3Acret@proxy.test:3128", List.of());
    assertThat(proxy.user()).contains("ada");
    assertThat(proxy.password()).contains("se:cret");
    assertThat(proxy.toString()).contains("proxy.test:3128").doesNotContain("cret", "ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://ada:secret@proxy", "http://ada:secret@", "http://ada:sec ret@p", ""})
  void whatIsNoProxyIsRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> Proxy.of(url, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://[user:password@]host:port")
        .hasMessageNotContaining("sec");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, s3.example.com, true",
    ".example.com, s3.example.com, true",
    "*.example.com, s3.example.com, true",
    "Example.COM, S3.example.com, true",
    "example.com:9000, example.com, true",
    "example.com, notexample.com, false",
    "example.com, example.com.test, false",
    "exampleXcom, example.com, false",
    "*, anything.test, true",
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.11, false",
    "'', anything.test, false",
  })
  void someHostsAreReachedWithoutIt(String except, String host, boolean isLeftOut) {
    List<String> patterns = Proxy.of("http://proxy", List.of(except)).patterns();
    // As the client asks: for hosts in lower case.
    assertThat(patterns.stream().anyMatch(host.toLowerCase(Locale.ROOT)::matches))
        .isEqualTo(isLeftOut);
  }
}
