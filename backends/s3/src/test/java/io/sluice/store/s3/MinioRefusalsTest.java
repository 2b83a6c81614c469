package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server that refuses a body hangs up before it has all of it; its reason is told. */
@Timeout(180)
final class MinioRefusalsTest {
  private static final Payload LARGE = Payload.of(new byte[32 << 20]);

  @TempDir Path directory;
  private MinioServer server;
  private S3Settings settings;
  private S3Store store;

  @BeforeEach
  void start() throws Exception {
    server = MinioServer.start(directory);
    settings = server.newBucket(2);
    store = S3Store.open(settings);
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  @Test
  void aConditionThatDoesNotHold() throws Exception {
    store.put("k", LARGE, PutOptions.ANY);
    assertThatThrownBy(() -> store.put("k", LARGE, PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void aPartToAnUploadThatIsGone() throws Exception {
    UploadId upload = store.uploads().create("k", ObjectAttributes.NONE);
    store.uploads().abort(upload);
    assertThatThrownBy(() -> store.uploads().put(upload, 1, LARGE))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aBucketThatIsNotThere() throws Exception {
    var elsewhere = S3Settings.of("no-bucket", settings.endpoint(), S3Settings.Access.USUAL, 1);
    try (S3Store lost = S3Store.open(elsewhere)) {
      assertThatThrownBy(() -> lost.put("k", LARGE, PutOptions.ANY))
          .isInstanceOf(StoreException.NotFound.class)
          .hasMessageContaining("no-bucket");
    }
  }

  @Test
  void keysThatAreWrong() throws Exception {
    var access = S3Settings.Access.with(new Keys("nobody", "a-wrong-secret", Optional.empty()));
    var refused = S3Settings.of(settings.bucket(), settings.endpoint(), access, 1);
    try (S3Store stranger = S3Store.open(refused)) {
      assertThatThrownBy(() -> stranger.put("k", LARGE, PutOptions.ANY))
          .isInstanceOf(StoreException.Denied.class);
    }
  }
}
