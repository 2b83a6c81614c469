package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of AWS's tools say about where a bucket is. */
final class AwsProfileTest {
  @TempDir Path home;

  private AwsProfile read(String config, String credentials, String name) throws IOException {
    return AwsProfile.read(
        Files.writeString(home.resolve("config"), config),
        Files.writeString(home.resolve("credentials"), credentials),
        name);
  }

  @Test
  void aProfileNamesItsServerAndRegion() throws IOException {
    String config =
        """
        [default]
        region = eu-west-1
        [profile minio]
        endpoint_url = http://minio:9000
        region = lab-1
        """;
    assertThat(read(config, "", "minio"))
        .isEqualTo(new AwsProfile(Optional.of("http://minio:9000"), Optional.of("lab-1")));
    assertThat(read(config, "", "default"))
        .isEqualTo(new AwsProfile(Optional.empty(), Optional.of("eu-west-1")));
  }

  @Test
  void theServerForS3GoesBeforeTheOneForAllServices() throws IOException {
    String config =
        """
        [profile lab]
        services = lab-services
        endpoint_url = http://all:1
        [services lab-services]
        s3 =
          endpoint_url = http://s3:1
        ec2 =
          endpoint_url = http://ec2:1
        """;
    assertThat(read(config, "", "lab").endpointUrl()).contains("http://s3:1");
  }

  @Test
  void aServerForAnotherServiceIsNotOurs() throws IOException {
    String config =
        """
        [profile lab]
        services = lab-services
        [services lab-services]
        ec2 =
          endpoint_url = http://ec2:1
        """;
    assertThat(read(config, "", "lab")).isEqualTo(AwsProfile.NONE);
  }

  @Test
  void theFileOfCredentialsMayNameThemToo() throws IOException {
    String credentials =
        """
        [lab]
        aws_access_key_id = AKIA
        aws_secret_access_key = secret
        region = lab-1
        endpoint_url = http://lab:1
        """;
    AwsProfile profile = read("", credentials, "lab");
    assertThat(profile)
        .isEqualTo(new AwsProfile(Optional.of("http://lab:1"), Optional.of("lab-1")));
    assertThat(profile.toString()).doesNotContain("secret");
  }

  @Test
  void aProfileCanIgnoreServers() throws IOException {
    String config =
        """
        [profile lab]
        endpoint_url = http://lab:1
        ignore_configured_endpoint_urls = true
        """;
    assertThat(read(config, "", "lab")).isEqualTo(AwsProfile.NONE);
  }

  @Test
  void whatIsNotThereSaysNothing() throws IOException {
    assertThat(read("", "", "nobody")).isEqualTo(AwsProfile.NONE);
    assertThat(AwsProfile.read(home.resolve("no"), home.resolve("none"), "default"))
        .isEqualTo(AwsProfile.NONE);
  }

  @Test
  void aFileThatIsNoneIsNamed() {
    assertThatThrownBy(() -> read("region = eu-west-1", "", "default"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(home.resolve("config").toString());
  }
}
