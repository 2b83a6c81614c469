package io.sluice.launcher.mount;

import io.sluice.fs.FsSettings;
import io.sluice.fs.Ownership;
import io.sluice.fs.fuse.Access;
import io.sluice.fs.fuse.MountOptions;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TimeSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the mount looks to those who use it: whose it is, who may enter, how fresh it is. */
final class ViewOptions {
  private static final int FILES = 0444;
  private static final int DIRECTORIES = 0555;

  @Option(
      names = "--metadata-ttl",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long names and sizes are believed without asking again: 30s, 5m, forever. An open"
              + " asks in any case, from 1h on it does not. Default: ${DEFAULT-VALUE}")
  private TimeSpan metadataTtl = TimeSpan.FOREVER;

  @Option(
      names = {"--auto-unmount", "--auto_unmount"},
      description = "Unmount however the process ends, kill -9 included.")
  private boolean autoUnmount;

  @Option(names = "--allow-root", description = "Root may use the mount, too.")
  private boolean allowRoot;

  @Option(names = "--allow-other", description = "Everybody may use the mount.")
  private boolean allowOther;

  @Option(
      names = "--direct-io",
      description = "Leave the kernel's page cache out. Forbids shared memory maps.")
  private boolean directIo;

  @Option(names = "--uid", paramLabel = "UID", description = "Owner of all files. Default: you.")
  private @Nullable Long uid;

  @Option(names = "--gid", paramLabel = "GID", description = "Group of all files. Default: yours.")
  private @Nullable Long gid;

  @Option(
      names = "--file-mode",
      paramLabel = "MODE",
      description = "Permission bits of files, octal. Default: 0444")
  private @Nullable PermissionBits fileMode;

  @Option(
      names = "--dir-mode",
      paramLabel = "MODE",
      description = "Permission bits of directories, octal. Default: 0555")
  private @Nullable PermissionBits dirMode;

  @Option(
      names = "-o",
      split = ",",
      paramLabel = "OPTION",
      description =
          "Mount options as in fstab, with commas: allow_other, allow_root, auto_unmount,"
              + " direct_io, uid=, gid=, umask=, fmask=, dmask=, nonempty, fsname=, noatime, ..."
              + " The options above go before these.")
  private List<String> mountOptions = List.of();

  /** How the bucket is shown, and as what it is mounted. */
  record View(FsSettings files, MountOptions kernel) {}

  View view(BucketAddress bucket) throws Failure {
    GivenMountOptions given = GivenMountOptions.parse(mountOptions);
    MountOptions kernel =
        MountOptions.of(bucket.toString())
            .withAutoUnmount(autoUnmount)
            .withExtra(given.forTheKernel());
    if (allowOther) kernel = kernel.withAccess(Access.EVERYONE);
    else if (allowRoot) kernel = kernel.withAccess(Access.ROOT);
    kernel = kernel.withReading(kernel.reading().withDirect(directIo));
    FsSettings files =
        FsSettings.of(ownership(given))
            .withPrefix(bucket.prefix())
            .withMetadataTtl(metadataTtl.duration());
    return new View(files, kernel);
  }

  private Ownership ownership(GivenMountOptions given) throws Failure {
    return new Ownership(
        id("--uid", Optional.ofNullable(uid).or(given::uid), "unix:uid"),
        id("--gid", Optional.ofNullable(gid).or(given::gid), "unix:gid"),
        bits(fileMode).or(given::fileMode).orElse(FILES),
        bits(dirMode).or(given::directoryMode).orElse(DIRECTORIES));
  }

  private static Optional<Integer> bits(@Nullable PermissionBits mode) {
    return Optional.ofNullable(mode).map(PermissionBits::bits);
  }

  private static int id(String option, Optional<Long> wanted, String attribute) throws Failure {
    if (wanted.isEmpty()) return ofThisProcess(attribute);
    // The largest one means "nobody" to chown and "invalid" to the kernel.
    if (wanted.get() < 0 || wanted.get() > 0xffff_fffeL)
      throw Failure.usage(
          "%s %d: give a number from 0 to 4294967294".formatted(option, wanted.get()));
    return wanted.get().intValue();
  }

  private static int ofThisProcess(String attribute) throws Failure {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), attribute);
    } catch (IOException e) {
      throw Failure.usage(
          "cannot tell who is running this (%s): give --uid and --gid".formatted(e));
    }
  }
}
