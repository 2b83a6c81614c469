package io.sluice.store.s3;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of this machine, without asking anybody: {@code localhost}, 127.0.0.0/8, {@code ::1}. */
final class Loopback {
  private static final Pattern ADDRESS =
      Pattern.compile("127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]|::1|localhost|.+\\.localhost");

  private Loopback() {}

  static boolean is(String host) {
    return ADDRESS.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
