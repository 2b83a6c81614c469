package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Machines on which a mount cannot work, made for one process each in a mount namespace of its own:
 * no device, no library, no permission, bad disks.
 */
final class MachineIT extends MountScene {
  @BeforeEach
  void onlyRootCanMakeSuchMachines() throws Exception {
    Process trial = new ProcessBuilder("unshare", "--mount", "true").start();
    assumeTrue(trial.waitFor() == 0, "needs root: makes a mount namespace for each test");
  }

  /** Starts the mount in a namespace in which some commands have been run. */
  private SluiceProcess mountAfter(String preparation, String... options) throws IOException {
    return mountAfter(preparation, SluiceProcess.installation(), "exec", options);
  }

  private SluiceProcess mountAfter(String preparation, Path jars, String how, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation"));
    command.addAll(
        List.of("private", "sh", "-e", "-c", preparation + "\n" + how + " \"$@\"", "sh"));
    command.addAll(SluiceProcess.command(jars));
    command.addAll(List.of("mount", "-b", BUCKET, "-m", mountPoint.toString()));
    command.addAll(List.of("--data-dir", dataDirectory().toString()));
    command.addAll(List.of(options));
    return command(command);
  }

  private void assertRefused(SluiceProcess process, ExitCode code, String... said)
      throws Exception {
    int exit = process.awaitExit();
    assertThat(exit).as(process.output()).isEqualTo(code.number());
    assertThat(process.lines()).hasSize(1);
    assertThat(process.output()).startsWith("sluice: ").contains(said);
  }

  /** A /dev with what a JVM needs, and nothing else. */
  private static final String OTHER_DEV =
      """
      mount -t tmpfs -o mode=755 tmpfs /dev
      mknod -m 666 /dev/null c 1 3
      mknod -m 666 /dev/random c 1 8
      mknod -m 666 /dev/urandom c 1 9
      """;

  @Test
  void withoutTheDeviceItSaysHowToGetIt() throws Exception {
    assertRefused(mountAfter(OTHER_DEV), ExitCode.NO_FUSE, "/dev/fuse is missing", "modprobe fuse");
  }

  @Test
  void withoutTheLibraryItSaysWhatToInstall() throws Exception {
    String hideTheLibrary =
        "ldconfig -p | sed -n 's/.*libfuse\\.so\\.2.* => //p' | sort -u > %1$s/libraries%n"
                .formatted(scratch)
            + "touch %1$s/empty%n".formatted(scratch)
            + "while read -r library; do mount --bind %1$s/empty \"$library\"; done < %1$s/libraries%n"
                .formatted(scratch);
    assertRefused(mountAfter(hideTheLibrary), ExitCode.NO_FUSE, "libfuse");
  }

  @Test
  void allowOtherWithoutItsPermissionSaysWhereToAllowIt() throws Exception {
    // Nobody has no way to our files: the program is copied to where everybody has.
    Path jars = Files.createDirectory(scratch.resolve("jars"));
    try (Stream<Path> files = Files.list(SluiceProcess.installation())) {
      for (Path jar : files.toList())
        Files.copy(jar, jars.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    String asNobody =
        OTHER_DEV
            + """
            mknod -m 666 /dev/fuse c 10 229
            touch %1$s/fuse.conf
            mount --bind %1$s/fuse.conf /etc/fuse.conf
            chmod -R a+rX %1$s
            """
                .formatted(scratch);
    assertRefused(
        mountAfter(
            asNobody,
            jars,
            "exec setpriv --reuid 65534 --regid 65534 --clear-groups --",
            "--allow-other"),
        ExitCode.USAGE,
        "user_allow_other",
        "/etc/fuse.conf");
  }

  @Test
  void aDataDirectoryOnAReadOnlyDiskIsRefused() throws Exception {
    Files.createDirectory(dataDirectory());
    assertRefused(
        mountAfter("mount -t tmpfs -o ro tmpfs " + dataDirectory()),
        ExitCode.DATA_DIR,
        "data directory " + dataDirectory(),
        "Read-only file system",
        "--data-dir");
  }

  @Test
  void aDataDirectoryOnAFullDiskIsRefused() throws Exception {
    Files.createDirectory(dataDirectory());
    assertRefused(
        mountAfter("mount -t tmpfs -o nr_inodes=1 tmpfs " + dataDirectory()),
        ExitCode.DATA_DIR,
        "data directory " + dataDirectory(),
        "free some space");
  }

  @Test
  void aDiskThatFillsUpWhileMountedFailsNoRead() throws Exception {
    byte[] bytes = bytes(1, 20 << 20);
    server().put(BUCKET, "large.bin", bytes);
    Files.createDirectory(dataDirectory());
    // The mount shows in its own namespace only, so the reader has to be there as well.
    String script =
        """
        mount -t tmpfs -o size=4m tmpfs %s
        "$@" &
        mount=$!
        for i in $(seq 600); do mountpoint -q %2$s && break; sleep 0.1; done
        sha256sum %2$s/large.bin
        kill $mount
        wait $mount
        """
            .formatted(dataDirectory(), mountPoint);
    SluiceProcess process = mountAfter(script, SluiceProcess.installation(), ":");
    // It waits a minute for the mount alone.
    assertThat(process.awaitExit(Duration.ofSeconds(150))).as(process.output()).isEqualTo(0);
    assertThat(process.output()).contains(sha256(bytes));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
