package io.sluice.launcher.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Options become what is kept with an object. */
final class AttributeOptionsTest {
  @Command
  private static final class Some {
    @Mixin private AttributeOptions options = new AttributeOptions();
  }

  @Test
  void nothingGivenIsNothingKept() throws Exception {
    assertThat(attributes()).isEqualTo(ObjectAttributes.NONE);
  }

  @Test
  void allOfThemAreKept() throws Exception {
    ObjectAttributes all =
        attributes(
            "--content-type=text/plain",
            "--cache-control=no-cache",
            "-m=Colour: light: blue",
            "--metadata=shape:",
            "--storage-class=STANDARD_IA",
            "--acl=public-read",
            "--tag=team=a=b",
            "--tag=empty=");
    assertThat(all.headers())
        .isEqualTo(
            Map.of(
                ContentHeader.CONTENT_TYPE, "text/plain",
                ContentHeader.CACHE_CONTROL, "no-cache"));
    assertThat(all.metadata()).isEqualTo(Map.of("colour", "light: blue", "shape", ""));
    assertThat(all.storageClass()).isEqualTo(Optional.of("STANDARD_IA"));
    assertThat(all.acl()).isEqualTo(Optional.of("public-read"));
    assertThat(all.tags()).isEqualTo(Map.of("team", "a=b", "empty", ""));
  }

  /** As s3gof3r's users write them. */
  @Test
  void namesOfHeadersMeanTheHeaders() throws Exception {
    ObjectAttributes all =
        attributes(
            "-m=content-type:model/x",
            "--header=x-amz-meta-Colour:blue",
            "-m=x-amz-storage-class:GLACIER",
            "-m=x-amz-acl:private");
    assertThat(all.headers()).isEqualTo(Map.of(ContentHeader.CONTENT_TYPE, "model/x"));
    assertThat(all.metadata()).isEqualTo(Map.of("colour", "blue"));
    assertThat(all.storageClass()).contains("GLACIER");
    assertThat(all.acl()).contains("private");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-m=colour",
        "-m=:blue",
        "-m=a b:c",
        "-m=x-amz-server-side-encryption:AES256",
        "-m=x-amz-grant-read:x",
        "--tag=team",
        "--acl=Public Read",
        "--content-type=a\nb"
      })
  void whatCannotBeKeptIsAUsageError(String option) {
    assertThatThrownBy(() -> attributes(option))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void nothingIsGivenTwice() {
    assertThatThrownBy(() -> attributes("--content-type=a/b", "-m=Content-Type:c/d"))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> attributes("-m=a:1", "-m=A:2")).hasMessageContaining("twice");
    assertThatThrownBy(() -> attributes("--tag=a=1", "--tag=a=2")).hasMessageContaining("twice");
  }

  private static ObjectAttributes attributes(String... arguments) throws Failure {
    var some = new Some();
    new CommandLine(some).parseArgs(arguments);
    return some.options.attributes();
  }
}
