package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket of Cloud Storage, mounted through the kernel. */
final class GcsMountIT extends MountScene {
  private static final int LARGE = 20 << 20;
  private final List<GcsServer> servers = new ArrayList<>();

  @BeforeEach
  void startServer() throws Exception {
    GcsServer server = GcsServer.start(scratch.resolve("fake-gcs.log"));
    servers.add(server);
    server.makeBucket("models");
  }

  @AfterEach
  void stopServer() {
    servers.forEach(GcsServer::close);
  }

  private GcsServer gcs() {
    return servers.getFirst();
  }

  private SluiceProcess mountGcs(String bucket, String... options) throws IOException {
    var arguments = new ArrayList<>(List.of("mount", "-b", bucket, "-m", mountPoint.toString()));
    arguments.addAll(List.of("--data-dir", dataDirectory().toString()));
    arguments.addAll(List.of(options));
    return sluiceWith(
        Map.of("STORAGE_EMULATOR_HOST", gcs().url().toString()), arguments.toArray(String[]::new));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void objectsOfAllSizesAreFilesWithTheirBytes() throws Exception {
    int[] sizes = {0, 1, 4096, 131_073, 3_000_001, LARGE};
    for (int size : sizes) gcs().put("models", "llama/part-" + size, bytes(size, size));
    SluiceProcess mount = mountGcs("gs://models").awaitMounted();
    assertThat(mount.output()).contains("gs://models");
    try (Stream<Path> files = Files.list(mountPoint.resolve("llama"))) {
      assertThat(files).hasSize(sizes.length);
    }
    for (int size : sizes)
      assertThat(sha256(Files.readAllBytes(mountPoint.resolve("llama/part-" + size))))
          .isEqualTo(sha256(bytes(size, size)));
    mount.stop();
  }

  @Test
  void anOverwrittenObjectIsStaleToWhoeverHasItOpenAndNewToWhoeverOpensIt() throws Exception {
    gcs().put("models", "log.dat", bytes(1, LARGE));
    mountGcs("gs://models", "--metadata-ttl", "0").awaitMounted();
    Path path = mountPoint.resolve("log.dat");
    try (FileChannel file = FileChannel.open(path)) {
      assertThat(file.read(ByteBuffer.allocate(1000), 0)).isEqualTo(1000);
      gcs().put("models", "log.dat", bytes(2, LARGE));
      assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1000), LARGE - (1 << 20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Stale file handle");
    }
    assertThat(sha256(Files.readAllBytes(path))).isEqualTo(sha256(bytes(2, LARGE)));
  }

  @Test
  void aPrefixIsShownAsTheRoot() throws Exception {
    gcs().put("models", "llama/7b/a.bin", bytes(1, 5000));
    gcs().put("models", "other/b.bin", bytes(2, 5000));
    mountGcs("gs://models/llama/7b").awaitMounted();
    try (Stream<Path> files = Files.list(mountPoint)) {
      assertThat(files).containsExactly(mountPoint.resolve("a.bin"));
    }
    assertThat(Files.readAllBytes(mountPoint.resolve("a.bin"))).isEqualTo(bytes(1, 5000));
  }

  @Test
  void aMissingBucketIsOneLineAndTheCodeOfBuckets() throws Exception {
    SluiceProcess process = mountGcs("gs://no-such-bucket");
    assertThat(process.awaitExit()).isEqualTo(ExitCode.BUCKET.number());
    assertThat(process.lines()).hasSize(1);
    assertThat(process.output())
        .startsWith("sluice: no bucket named no-such-bucket")
        .contains("check the name");
    assertThat(isMounted()).isFalse();
  }

  @Test
  void withoutCredentialsItSaysHowToGetSome() throws Exception {
    URI url = gcs().url();
    SluiceProcess process =
        sluiceWith(
            Map.of("NO_GCE_CHECK", "true"),
            "mount",
            "-b",
            "gs://models",
            "-m",
            mountPoint.toString(),
            "--data-dir",
            dataDirectory().toString(),
            "--endpoint-url",
            url.toString());
    assertThat(process.awaitExit()).isEqualTo(ExitCode.BUCKET.number());
    assertThat(process.lines()).hasSize(1);
    assertThat(process.output())
        .contains("no credentials found", "gcloud auth application-default login");
  }
}
