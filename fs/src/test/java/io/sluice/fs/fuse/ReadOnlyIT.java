package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever would change something is refused at once, as on any read-only file system. */
@Timeout(60)
class ReadOnlyIT {
  private final MemoryStore store = new MemoryStore();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "touch new",
        "touch k",
        "mkdir new",
        "rm -f k",
        "rmdir d",
        "rm -rf d",
        "mv k new",
        "mv k d/k",
        "chmod 600 k",
        "chown 1:1 k",
        "truncate -s 0 k",
        "echo x > k",
        "echo x >> k",
        "echo x 1<> k",
        "ln k new",
        "ln -s k new",
        "mkfifo new",
        "cp /etc/hostname new",
        "fallocate -l 10 k",
        "test -w k || echo Read-only file system",
        "perl -e 'utime 1, 1, \"k\" or die $!'",
      })
  void itIsRefusedAsReadOnly(String line) throws Exception {
    store.put("k", "text");
    store.put("d/k", "text");
    try (var mount = TestMount.of(store)) {
      assertThat(Shell.run(mount.path(), line).output()).contains("Read-only file system");
      assertThat(Shell.run(mount.path(), "cat k d/k; find . | wc -l").output())
          .isEqualTo("texttext4\n");
    }
  }

  @Test
  void permissionBitsHoldForOtherUsers() throws Exception {
    store.put("k", "text");
    var options = MountOptions.of("s3://test").withAccess(Access.EVERYONE);
    try (var mount = TestMount.of(store, options)) {
      assertThat(Shell.run(mount.path(), "perl -e '$> = 65534; open F, \"k\"; print <F>'").output())
          .isEqualTo("text");
    }
  }

  @Test
  void otherUsersAreKeptOutUnlessTheyAreLetIn() throws Exception {
    store.put("k", "text");
    try (var mount = TestMount.of(store)) {
      assertThat(
              Shell.run(mount.path(), "perl -e '$> = 65534; open F, \"k\" or print $!'").output())
          .isEqualTo("Permission denied");
    }
  }
}
