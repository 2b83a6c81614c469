package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.BAD_OPTION;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@link MountOptions} with the user's own "-o" options sorted out: which change what we do, which
 * go on to libfuse, which are of no concern to us. Unknown ones are refused before anything is
 * mounted.
 *
 * @param mayHideFiles whether to mount over a directory that is not empty
 * @param passedOn user's options for libfuse, as given
 */
record KernelOptions(MountOptions mount, boolean mayHideFiles, List<String> passedOn) {
  /** What we ask of every mount: our type, so that we know our own mounts again. */
  static final String SUBTYPE = "sluice";

  /**
   * The kernel starts no more than so many reads of pages at once; its default is 12. 64 threads
   * that read 1 MiB each are 512 requests: where the kernel holds most of them back, we see no
   * longer which of them one GET could serve.
   */
  private static final int MAX_BACKGROUND = 512;

  private static final int CONGESTION_THRESHOLD = 384;

  private static final Set<String> FLAGS =
      Set.of(
          "atime", "noatime", "dev", "nodev", "suid", "nosuid", "exec", "noexec", "async", "sync",
          "dirsync");

  private static final Set<String> VALUES =
      Set.of("context", "fscontext", "defcontext", "rootcontext");

  private static final Set<String> NUMBERS =
      Set.of("max_read", "max_readahead", "max_background", "congestion_threshold");

  /** Meant for mount(8), systemd or the kernel's generic half, or what we do anyway. */
  private static final Set<String> OF_NO_CONCERN =
      Set.of(
          "ro",
          "defaults",
          "default_permissions",
          "_netdev",
          "nofail",
          "auto",
          "noauto",
          "user",
          "nouser",
          "users",
          "owner",
          "group",
          "relatime",
          "norelatime",
          "strictatime",
          "nodiratime",
          "lazytime",
          "nolazytime",
          "iversion",
          "noiversion",
          "silent",
          "loud",
          "nosymfollow",
          "async_read",
          "big_writes",
          "use_ino",
          "nopath");

  static KernelOptions of(MountOptions options) throws MountException {
    boolean mayHideFiles = false;
    List<String> passedOn = new ArrayList<>();
    MountOptions mount = options.withExtra(List.of());
    for (String option : options.extra()) {
      String name = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
      String value = option.substring(Math.min(option.length(), name.length() + 1));
      switch (name) {
        case "allow_other" -> mount = mount.withAccess(Access.EVERYONE);
        case "allow_root" -> {
          if (mount.access() == Access.OWNER) mount = mount.withAccess(Access.ROOT);
        }
        case "auto_unmount" -> mount = mount.withAutoUnmount(true);
        case "direct_io" -> mount = mount.withReading(mount.reading().withDirect(true));
        case "fsname" -> mount = mount.withSource(value);
        case "nonempty" -> mayHideFiles = true;
        case "rw" ->
            throw new MountException(
                BAD_OPTION, "-o rw: the mount is read-only in this version: leave rw out");
        default -> {
          if (isPassedOn(option, name, value)) passedOn.add(option);
          else if (!isOfNoConcern(option, name))
            throw new MountException(
                BAD_OPTION, "-o " + option + ": not an option of this mount: leave it out");
        }
      }
    }
    return new KernelOptions(mount, mayHideFiles, List.copyOf(passedOn));
  }

  private static boolean isPassedOn(String option, String name, String value)
      throws MountException {
    if (NUMBERS.contains(name)) {
      // What libfuse would read of "4x" or "" is 4 or nothing: say it rather than guess.
      if (!value.matches("[1-9][0-9]{0,8}"))
        throw new MountException(
            BAD_OPTION, "-o " + option + ": must be a whole number above 0: " + name + "=N");
      return true;
    }
    return FLAGS.contains(option) || (VALUES.contains(name) && !value.isEmpty());
  }

  private static boolean isOfNoConcern(String option, String name) {
    return OF_NO_CONCERN.contains(option) || name.startsWith("x-") || option.startsWith("comment=");
  }

  /** The arguments for libfuse; later ones win, so the user's come last. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("ro");
    arguments.add("fsname=" + escaped(mount.source()));
    arguments.add("subtype=" + SUBTYPE);
    // The kernel itself then holds everybody to the permission bits we show.
    arguments.add("default_permissions");
    arguments.add("max_background=" + MAX_BACKGROUND);
    arguments.add("congestion_threshold=" + CONGESTION_THRESHOLD);
    switch (mount.access()) {
      case OWNER -> {}
      case ROOT -> arguments.add("allow_root");
      case EVERYONE -> arguments.add("allow_other");
    }
    if (mount.autoUnmount()) arguments.add("auto_unmount");
    arguments.addAll(passedOn);
    return arguments;
  }

  /** libfuse splits at commas and takes a backslash to mean the next character itself. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,");
  }
}
