package io.sluice.launcher.mount;

import io.sluice.launcher.cli.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind {@code -o}, sorted: whose files they are is for us to show, the rest is passed
 * on to the mount, which refuses what it does not know.
 */
record GivenMountOptions(
    Optional<Long> uid,
    Optional<Long> gid,
    Optional<PermissionBits> fileMask,
    Optional<PermissionBits> directoryMask,
    List<String> forTheKernel) {
  private static final int ALL = 0777;

  GivenMountOptions {
    forTheKernel = List.copyOf(forTheKernel);
  }

  /** Later ones win, as they do in mount(8). */
  static GivenMountOptions parse(List<String> options) throws Failure {
    Optional<Long> uid = Optional.empty();
    Optional<Long> gid = Optional.empty();
    Optional<PermissionBits> fileMask = Optional.empty();
    Optional<PermissionBits> directoryMask = Optional.empty();
    List<String> rest = new ArrayList<>();
    for (String option : options) {
      String text = option.strip();
      int equals = text.indexOf('=');
      String value = text.substring(equals + 1);
      switch (equals < 0 ? "" : text.substring(0, equals)) {
        case "uid" -> uid = number(text, value);
        case "gid" -> gid = number(text, value);
        case "fmask" -> fileMask = mask(text, value);
        case "dmask" -> directoryMask = mask(text, value);
        case "umask" -> {
          fileMask = mask(text, value);
          directoryMask = fileMask;
        }
        default -> {
          if (!text.isEmpty()) rest.add(text);
        }
      }
    }
    return new GivenMountOptions(uid, gid, fileMask, directoryMask, rest);
  }

  Optional<Integer> fileMode() {
    return fileMask.map(mask -> mask.maskedFrom(ALL));
  }

  Optional<Integer> directoryMode() {
    return directoryMask.map(mask -> mask.maskedFrom(ALL));
  }

  private static Optional<Long> number(String option, String value) throws Failure {
    if (!value.matches("\\d{1,10}"))
      throw Failure.usage("-o " + option + ": give a number from 0 to 4294967294");
    return Optional.of(Long.valueOf(value));
  }

  private static Optional<PermissionBits> mask(String option, String value) throws Failure {
    try {
      return Optional.of(PermissionBits.parse(value));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("-o " + option + ": " + e.getMessage());
    }
  }
}
