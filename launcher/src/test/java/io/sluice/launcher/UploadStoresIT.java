package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.gcs.GcsSettings;
import io.sluice.store.gcs.GcsStore;
import io.sluice.store.local.LocalStore;
import io.sluice.store.s3.Keys;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Store;
import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The same promise at other stores: killed on its way, an upload goes on where it was. */
final class UploadStoresIT extends UploadScene {
  /** Two parts, and some of the third. */
  private static final long STALL = 2L * PART + 2_000_000;

  /** As many as were sent do not go again. */
  private void killAndGoOn(StallingWire wire, SluiceProcess upload, String object)
      throws Exception {
    Await.until(SOON, wire::isStalled, upload::output);
    upload.signal("KILL");
    upload.awaitExit();
    wire.mend();
    SluiceProcess resumed = resume("-c", "2");
    assertExit(resumed, ExitCode.OK, " of them to be sent", object);
    // Two were sent; of a connection that broke off under load one may have gone twice.
    assertThat(resumed.output()).containsPattern("[34] of them to be sent");
    assertThat(state).doesNotExist();
  }

  private void requireThere(ObjectStore store) throws Exception {
    ObjectVersion version = store.head(KEY).version();
    try (InputStream body = store.open(version, version.all())) {
      assertThat(body.readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
    assertThat(store.uploads().pending("")).isEmpty();
  }

  @Test
  void minio() throws Exception {
    String data = scratch.resolve("minio").toString();
    Map<String, String> root =
        Map.of("MINIO_ROOT_USER", S3Server.ACCESS_KEY, "MINIO_ROOT_PASSWORD", S3Server.SECRET_KEY);
    try (GoServer minio =
        GoServer.start(
            GoProgram.MINIO,
            port -> List.of("server", "--address", "127.0.0.1:" + port, data),
            root,
            scratch.resolve("minio.log"))) {
      makeBucket(minio.url());
      try (StallingWire wire = StallingWire.to(minio.url(), STALL)) {
        String object = "s3://" + BUCKET + "/" + KEY;
        killAndGoOn(wire, sluice(starting(object, wire.url())), object);
      }
      var keys = new Keys(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, Optional.empty());
      var endpoint = new S3Settings.Endpoint(Optional.of(minio.url()), Optional.empty(), true);
      try (ObjectStore store =
          S3Store.open(S3Settings.of(BUCKET, endpoint, S3Settings.Access.with(keys), 4))) {
        requireThere(store);
      }
    }
  }

  private static void makeBucket(URI minio) {
    var keys = AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(minio)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(keys))
            .build()) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }

  @Test
  void cloudStorage() throws Exception {
    try (GcsServer gcs = GcsServer.start(scratch.resolve("gcs.log"))) {
      gcs.makeBucket(BUCKET);
      try (StallingWire wire = StallingWire.to(gcs.url(), STALL)) {
        String object = "gs://" + BUCKET + "/" + KEY;
        Map<String, String> emulator = Map.of("STORAGE_EMULATOR_HOST", wire.url());
        killAndGoOn(wire, sluiceWith(emulator, starting(object, "")), object);
      }
      try (ObjectStore store =
          GcsStore.open(
              GcsSettings.of(BUCKET, Optional.of(gcs.url()), GcsSettings.Access.ANONYMOUS, 4))) {
        requireThere(store);
      }
    }
  }

  @Test
  void aDirectory() throws Exception {
    Path directory = Files.createDirectories(scratch.resolve("share/llama"));
    assertExit(
        sluice(starting("file://" + directory.resolve("model.bin"), "")),
        ExitCode.OK,
        "5 of them to be sent");
    assertThat(directory.resolve("model.bin")).hasSameBinaryContentAs(file);
    assertThat(state).doesNotExist();
    try (LocalStore store = LocalStore.open(directory)) {
      assertThat(store.uploads().pending("")).isEmpty();
    }
  }
}
