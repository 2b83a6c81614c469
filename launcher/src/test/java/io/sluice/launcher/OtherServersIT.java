package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same streams to and from other servers than the embedded one, and a directory. */
final class OtherServersIT extends StreamScene {
  private static final String TREE =
      "mkdir -p tree/below && head -c 9M /dev/urandom > tree/a && echo b > tree/below/b";

  /** In parts, at once and empty; what is compared is what the server keeps. */
  private void roundTrip(String url, String compared) throws Exception {
    expect(0, shell(TREE));
    expect(0, shell("tar c tree | $SLUICE put -s 5M " + url + "/d/tree.tar"));
    expect(
        0,
        shell(
            "mkdir out && $SLUICE get -s 1M %s/d/tree.tar | tar x -C out && diff -r tree out/tree"
                .formatted(url)),
        compared);
    expect(0, shell("$SLUICE put -s 5M tree/a %s/a && $SLUICE get %s/a copy".formatted(url, url)));
    assertThat(read("copy")).isEqualTo(read("tree/a"));
    expect(0, shell("$SLUICE put %s/empty < /dev/null".formatted(url)));
    expect(0, shell("$SLUICE get %s/empty | cmp - /dev/null".formatted(url)));
    expect(12, shell("echo x | $SLUICE put --if-absent " + url + "/d/tree.tar"));
    expect(7, shell("$SLUICE get " + url + "/missing"), "missing");
  }

  @Test
  void minio() throws Exception {
    Map<String, String> user =
        Map.of(
            "MINIO_ROOT_USER", S3Server.ACCESS_KEY,
            "MINIO_ROOT_PASSWORD", S3Server.SECRET_KEY,
            "MINIO_BROWSER", "off");
    Path data = scratch.resolve("minio");
    expect(0, shell("mkdir -p minio/streams")); // a bucket is a directory
    try (GoServer minio =
        GoServer.start(
            GoProgram.MINIO,
            port -> List.of("server", "--address", "127.0.0.1:" + port, data.toString()),
            user,
            scratch.resolve("minio.log"))) {
      // The checksum of the parts' checksums: MinIO keeps none of the whole.
      roundTrip("s3+" + minio.url() + "/streams", "checksum md5:");
    }
  }

  @Test
  void cloudStorage() throws Exception {
    try (GcsServer gcs = GcsServer.start(scratch.resolve("fake-gcs.log"))) {
      gcs.makeBucket("streams");
      expect(0, shell("echo export STORAGE_EMULATOR_HOST=" + gcs.url() + " > where"));
      roundTrip("gs://streams", "checksum crc32c:");
    }
  }

  @Test
  void aDirectory() throws Exception {
    expect(0, shell("mkdir -p bucket/d"));
    roundTrip("file://" + scratch + "/bucket", "not compared");
  }
}
