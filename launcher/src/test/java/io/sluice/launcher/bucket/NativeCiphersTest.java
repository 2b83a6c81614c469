package io.sluice.launcher.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.Cipher;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class NativeCiphersTest {
  @Test
  void tlsRecordsAreDecipheredNatively() throws Exception {
    assertThat(NativeCiphers.prefer()).isTrue();
    assertThat(NativeCiphers.prefer()).as("once more").isTrue();
    assertThat(Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName())
        .isEqualTo("AmazonCorrettoCryptoProvider");
    assertThat(SSLContext.getDefault().getProtocol()).isNotEmpty();
  }
}
