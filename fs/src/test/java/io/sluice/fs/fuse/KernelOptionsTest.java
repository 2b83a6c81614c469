package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.fuse.MountException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelOptionsTest {
  private static KernelOptions of(String... extra) throws MountException {
    return KernelOptions.of(MountOptions.of("s3://b").withExtra(List.of(extra)));
  }

  @Test
  void everyMountIsReadOnlyOfOurTypeAndHeldToItsPermissionBits() throws MountException {
    assertThat(of().arguments())
        .contains("ro", "fsname=s3://b", "subtype=sluice", "default_permissions")
        .doesNotContain("allow_other", "allow_root", "auto_unmount", "nonempty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"noatime", "nodev", "nosuid", "noexec", "max_read=65536", "max_background=12"})
  void usualOptionsGoOn(String option) throws MountException {
    assertThat(of(option).arguments()).endsWith(option);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ro",
        "defaults",
        "_netdev",
        "nofail",
        "auto",
        "noauto",
        "user",
        "x-systemd.automount",
        "x-gvfs-hide",
        "comment=mine",
        "default_permissions",
        "relatime"
      })
  void whatIsMeantForOthersIsLeftOut(String option) throws MountException {
    assertThat(of(option)).isEqualTo(of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "junk",
        "subtype=other",
        "uid=0",
        "noatime=1",
        "context=",
        "",
        "modules=iconv",
        "ro,noatime",
        "debug",
        "kernel_cache",
        "fd=3",
        "rootmode=40000"
      })
  void whatWeDoNotKnowIsRefused(String option) {
    assertThatThrownBy(() -> of(option))
        .hasFieldOrPropertyWithValue("kind", Kind.BAD_OPTION)
        .hasMessageStartingWith("-o " + option + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_read=", "max_read=4k", "max_read=-1", "max_read=0", "max_read"})
  void aNumberIsANumber(String option) {
    assertThatThrownBy(() -> of(option)).hasFieldOrPropertyWithValue("kind", Kind.BAD_OPTION);
  }

  @Test
  void rwIsRefusedAsWhatItIs() {
    assertThatThrownBy(() -> of("rw"))
        .hasFieldOrPropertyWithValue("kind", Kind.BAD_OPTION)
        .hasMessageContaining("read-only");
  }

  @Test
  void optionsThatHaveANameHereChangeWhatWeDo() throws MountException {
    KernelOptions options =
        of("allow_other", "auto_unmount", "direct_io", "fsname=mine", "nonempty");
    assertThat(options.mount())
        .isEqualTo(
            new MountOptions(
                "mine", Access.EVERYONE, true, KernelReading.DEFAULT.withDirect(true), List.of()));
    assertThat(options.mayHideFiles()).isTrue();
    assertThat(options.arguments()).contains("fsname=mine", "allow_other", "auto_unmount");
  }

  @Test
  void everyoneIncludesRoot() throws MountException {
    assertThat(of("allow_other", "allow_root").mount().access()).isEqualTo(Access.EVERYONE);
    assertThat(of("allow_root", "allow_other").mount().access()).isEqualTo(Access.EVERYONE);
    assertThat(of("allow_root").arguments()).contains("allow_root");
  }

  @Test
  void commasAndBackslashesInTheSourceStayInIt() throws MountException {
    assertThat(KernelOptions.of(MountOptions.of("s3://b/a,b\\c")).arguments())
        .contains("fsname=s3://b/a\\,b\\\\c");
  }
}
