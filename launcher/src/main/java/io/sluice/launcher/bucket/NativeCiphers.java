package io.sluice.launcher.bucket;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS, MD5 and SHA at the speed of the processor. Java's own reach that only once C2 has compiled
 * them: when the load is over, or, where there is no C2, never.
 */
public final class NativeCiphers {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCiphers.class);

  private NativeCiphers() {}

  /**
   * Puts the native provider before Java's own, for the whole process; a second time changes
   * nothing. Where its library cannot be loaded everything stays as it is. The first time takes a
   * tenth of a second: for who moves whole objects, and sums them, and for TLS.
   *
   * @return whether they are native now
   */
  public static boolean prefer() {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable error = provider.getLoadingError();
    if (error == null) {
      Security.insertProviderAt(provider, 1);
      return true;
    }
    LOG.warn(
        "TLS and checksums will take much CPU, their native library cannot be loaded: {}",
        error.toString());
    return false;
  }
}
