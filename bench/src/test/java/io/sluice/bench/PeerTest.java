package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {
  private static final URI ENDPOINT = URI.create("http://127.0.0.1:9");

  @TempDir private Path directory;

  @Test
  void aProgramIsFoundWhereThePathLeads() throws IOException {
    Path program = Files.createFile(directory.resolve("s3fs"));
    assertThat(Peer.find("s3fs", "/nowhere:" + directory)).isEmpty();
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(Peer.find("s3fs", "/nowhere:" + directory)).contains(program);
    assertThat(Peer.find("s3fs", "")).isEmpty();
  }

  @Test
  void aVersionIsTheFirstNumberWithDots() {
    assertThat(Peer.versionIn("Amazon Simple Storage Service File System V1.90 (x)"))
        .isEqualTo("1.90");
    assertThat(Peer.versionIn("rclone v1.60.1-DEV\n- os/version: debian 12.1")).isEqualTo("1.60.1");
    assertThat(Peer.versionIn("no idea")).isEqualTo("version unknown");
  }

  @ParameterizedTest
  @EnumSource
  void itsCommandSaysWhereTheBucketIsAndWhereItGoes(Peer peer) {
    assertThat(String.join(" ", command(peer, "")))
        .startsWith(peer.program())
        .contains(Bucket.NAME, ENDPOINT.toString(), "/mnt");
  }

  @Test
  void anOlderRcloneIsNotGivenWhatItDoesNotKnow() {
    assertThat(command(Peer.RCLONE, "")).noneMatch(word -> word.contains("streams"));
    assertThat(command(Peer.RCLONE, "  --vfs-read-chunk-streams int"))
        .contains("--vfs-read-chunk-streams=16");
  }

  private static List<String> command(Peer peer, String help) {
    return peer.command(ENDPOINT, 8, Path.of("/mnt"), Path.of("/data"), help);
  }
}
